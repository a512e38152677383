"""Which test process makes which tests.

A file's tests stay together, as they share what it sets up: a browser, a running Heard. Tests of which much is waiting,
for a browser or for other processes, come first; one process begins with them, and each other with the last of those
that only count, so that the cores are never all kept by those that wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler.loadscope import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

# In this order: what takes longest comes first, so that none of them is left over in the end.
WAITING = ("tests/faults/", "tests/journeys/", "tests/end_to_end/")
# What is set up once for a whole folder.
TOGETHER = ("tests/recipes/",)


def turn(nodeid: str) -> int:
    """Where in the order its file comes: before all those that only count, or among them."""
    return next((place for place, folder in enumerate(WAITING) if nodeid.startswith(folder)), len(WAITING))


class ByFile(LoadScopeScheduling):
    """Gives each test process whole files."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])

    def _assign_work_unit(self, node: WorkerController) -> None:
        if node is not self.nodes[0]:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)
