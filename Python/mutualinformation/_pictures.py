# SPDX-License-Identifier: MIT
"""Tables and axes that the results share."""

from __future__ import annotations

import html
from typing import Any, Iterable, List, Sequence


def nats(information: Any) -> Any:
    """The number of an information, which stands in JSON as a number or as {"nats": number}."""
    return information["nats"] if isinstance(information, dict) else information


def text_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells in columns, the first to the left, the others to the right."""
    lines: List[Sequence[str]] = [head, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths))).rstrip()
        for line in lines)


def html_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], notes: Iterable[str] = ()
) -> str:
    """Cells as an HTML table, with notes below."""
    def cells(tag: str, line: Sequence[str]) -> str:
        return "<tr>%s</tr>" % "".join(
            "<%s>%s</%s>" % (tag, html.escape(cell), tag) for cell in line)

    body = cells("th", head) + "".join(cells("td", row) for row in rows)
    return "<table>%s</table>%s" % (
        body, "".join("<p>%s</p>" % html.escape(note) for note in notes))


def axes(ax: Any) -> Any:
    """The axes given, or new ones."""
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as pyplot
    except ImportError as error:
        raise ImportError("plot() needs matplotlib: pip install matplotlib") from error
    return pyplot.subplots(figsize=(6.4, 4), layout="constrained")[1]
