# SPDX-License-Identifier: MIT
"""Past one machine: the trials of ``mi bench run``, the scorecards of ``mi check`` and the pairs of
``mi distill study`` on a Ray cluster, by the command ``mi-ray``.

What a unit of work is, what a row is and which row wins are decided by the core, `mi`: it plans
(what the store lacks), works (on the nodes) and commits (one writer, many rows at once). This
package only carries lines between the three: it forms batches by their expected time, sends them,
splits those whose worker died, and tells how far the run is.
"""

from ._engine import Failed, run

__all__ = ["Failed", "run"]
