"""`make house`: how large each room is, which way its imports go, a ring of files if any, and what breaks a rule."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.house_rules.rooms import ROOMS, ROOT, files, functions, tree

_RULES = (("lint-imports", "--no-logo"), ("pytest", "-q", "--no-header", "tests/house_rules"))


def sizes(numbers: Sequence[int]) -> tuple[str, str, str]:
    """Median, nine of ten, and the largest."""
    found = sorted(numbers) or [0]
    return tuple(str(found[place]) for place in (len(found) // 2, len(found) * 9 // 10, -1))  # type: ignore[return-value]  three


def name_of(path: Path) -> str:
    """As Python calls the file: "bank.tokens"."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """The files of ours that it imports when it is loaded; what a function imports for itself is left out."""
    for node in tree(path).body:
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{one.name}" for one in node.names]
            yield from (one if one in known else node.module for one in inside if one in known or node.module in known)


def ours_in(room: str) -> list[Path]:
    """Its files, without the steps that Alembic wrote."""
    return [path for path in files(room) if path.parent.name != "versions"]


def arrows_of() -> dict[str, set[str]]:
    """For each file of the rooms, those that it imports."""
    known = {name_of(path): path for room in ROOMS for path in ours_in(room)}
    return {name: set(imports(path, known)) - {name} for name, path in known.items()}


def ring(arrows: Mapping[str, set[str]]) -> list[str]:
    """Files that import each other in a ring, the first of them again at the end; none where there is no ring."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as found:
        return list(reversed(found.args[1]))
    return []


def drawn(room: str, ours: Sequence[Path]) -> tuple[str, ...]:
    """A room's row: how many files, their lines, and its functions' lines."""
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in ours]
    lengths = [(one.end_lineno or 0) - one.lineno + 1 for path in ours for one in functions(path)]
    return (room, str(len(ours)), str(sum(lines)), *sizes(lines), str(len(lengths)), *sizes(lengths))


def main() -> int:
    """Print it; the exit code of the first rule that is broken, else 0."""
    console = Console()
    rooms = {room: ours_in(room) for room in (*ROOMS, "tests", "bench")}
    arrows = arrows_of()
    shape = Table("room", "files", "lines", "median", "p90", "longest", "functions", "median", "p90", "longest")
    for room, ours in rooms.items():
        shape.add_row(*drawn(room, ours))
    console.print(shape)
    between = Counter(
        (name.partition(".")[0], to.partition(".")[0]) for name, others in arrows.items() for to in others
    )
    ways = Table("from", "to", "imports")
    for (room, to), count in sorted(between.items()):
        if room != to:
            ways.add_row(room, to, str(count))
    console.print(ways)
    found = ring(arrows)
    console.print(f"A ring of imports: {' > '.join(found)}" if found else "No ring of imports.", soft_wrap=True)
    ended = [subprocess.run([Path(sys.executable).parent / one, *more], cwd=ROOT, check=False) for one, *more in _RULES]
    return next((one.returncode for one in ended if one.returncode), 0)


if __name__ == "__main__":
    sys.exit(main())
