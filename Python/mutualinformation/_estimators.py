# SPDX-License-Identifier: MIT
"""The estimators known."""

from __future__ import annotations

import html
import json
from typing import Any, Dict, Iterator, List, Mapping

from . import _calls, _library


class Estimators(Mapping[str, Dict[str, Any]]):
    """The estimators by id: what each takes, its parameters and its paper.

    Attributes
    ----------
    wrappers : list of dict
        What may stand before any of them, as in ``"rank+ksg-1"``.
    """

    def __init__(self, facts: Dict[str, Any]):
        self._by_id = {item["id"]: item for item in facts["estimators"]}
        self.wrappers: List[Dict[str, Any]] = facts["wrappers"]

    def __getitem__(self, name: str) -> Dict[str, Any]:
        return self._by_id[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __repr__(self) -> str:
        return "\n".join(
            "%-22s %s" % (name, item["summary"]) for name, item in self._by_id.items())

    def _repr_html_(self) -> str:
        head = "<tr><th>id</th><th>takes</th><th>summary</th><th>parameters</th></tr>"
        rows = []
        for name, item in self._by_id.items():
            parameters = ", ".join(
                "%s=%s" % (one["name"], one["default"]) for one in item["parameters"])
            cells = (name, ", ".join(item["kinds"]), item["summary"], parameters)
            rows.append("<tr>%s</tr>" % "".join(
                "<td style='text-align:left'>%s</td>" % html.escape(cell) for cell in cells))
        return "<table>%s%s</table>" % (head, "".join(rows))

    def to_frame(self) -> Any:
        """A pandas DataFrame, a row an estimator."""
        import pandas

        return pandas.DataFrame(list(self._by_id.values())).set_index("id")


def estimators() -> Estimators:
    """The estimators known, built in or registered.

    Returns
    -------
    Estimators
        A mapping from id to what the estimator is; ``estimators()["ksg-1"]["parameters"]`` are
        its parameters with type, range, default and meaning.

    Examples
    --------
    >>> import mutualinformation as mi
    >>> mi.estimators()["ksg-1"]["parameters"][0]["name"]
    'k'
    """
    answer = _calls.Answer(_library.library.mi_core_list(_library.core))
    return Estimators(json.loads(_calls.raise_for(answer).text))
