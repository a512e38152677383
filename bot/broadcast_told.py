"""What `heard broadcast` tells of a broadcast: as JSON, and as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bank.broadcast_check import Check
from bank.broadcast_progress import Progress
from storage.approvals import Post
from storage.schema import Record

POSTS = {
    Post.SECOND: "a second person",
    Post.STAFF_CHAIR: "the co-chair from the team",
    Post.MEMBER_CHAIR: "the co-chair with lived experience",
}


def named(row: Record) -> dict[str, Any]:
    """Which one it is, and how it stands; nothing of its words."""
    return {
        "token": row.token,
        "name": row.name,
        "kind": row.kind,
        "state": row.state,
        "due_at": row.due_at.isoformat(),
        "spent_pence": row.spent / 10,
    }


def check(found: Check) -> dict[str, Any]:
    return {
        "ready": found.ready,
        "mend": list(found.mend),
        "notes": list(found.notes),
        "approvals_missing": [str(post) for post in found.missing],
        "reaches": {str(way): number for way, number in found.preview.ways.items()},
        "left_out": {str(why): number for why, number in found.preview.left.items()},
        "people": found.preview.people,
        "goes_at": found.goes_at.isoformat(),
        "cost_pence": found.tenths / 10,
        "usual_cost_pence": found.usual_tenths / 10,
        "costs": [
            {
                "way": str(cost.way),
                "language": cost.language,
                "people": cost.people,
                "segments": cost.usual,
                "most_segments": cost.most,
                "pence": cost.tenths / 10,
            }
            for cost in found.costs
        ],
        "unwritten": dict(found.unwritten),
        "languages": {tag: _reading(found, tag) for tag in found.readings},
    }


def _reading(found: Check, tag: str) -> dict[str, Any]:
    reading = found.readings[tag]
    return {
        "text": reading.text,
        "without_a_name": reading.nameless,
        "placeholders": list(reading.odd),
        "findings": [{"code": one.code.value, "says": one.says} for one in reading.findings],
    }


def show_check(console: Console, found: Check) -> None:
    for tag, reading in found.readings.items():
        console.print(Text(f"{tag}: {reading.text}", style="bold"))
        for finding in reading.findings:
            console.print(Text(f"  {finding.says}"))
    table = Table("way", "language", "people", "segments", "at the most", "pence")
    for cost in found.costs:
        pence = f"{cost.tenths / 10:,.1f}"
        table.add_row(cost.way, cost.language, f"{cost.people:,}", str(cost.usual), str(cost.most), pence)
    console.print(table)
    console.print(_counts("reached", found.preview.ways), _counts("left out", found.preview.left))
    for missing in found.missing:
        console.print(Text(f"It needs a yes from {POSTS[missing]}."))
    for note in found.notes:
        console.print(Text(note))
    for mend in found.mend:
        console.print(Text(mend, style="bold red"))


def _counts(title: str, counts: Mapping[Any, int]) -> Table:
    table = Table(title, "people")
    for what, number in sorted(counts.items()):
        table.add_row(str(what), f"{number:,}")
    return table


def progress(found: Progress) -> dict[str, Any]:
    return {
        "people": found.people,
        "counted": found.counted,
        "not_yet": found.not_yet,
        **_stands(found),
        "failed": dict(found.failed),
        "canceled": dict(found.canceled),
        "replied": found.replied,
        "answers": dict(found.answers),
        "calls": {"waiting": found.calls.waiting, "done": found.calls.done},
        "letters": {"waiting": found.letters.waiting, "done": found.letters.done},
        "left_out": dict(found.left_out),
    }


def _stands(found: Progress) -> dict[str, int]:
    names = "queued", "held", "sending", "handed_over", "sent", "delivered", "read", "unknown", "expired"
    return {name: getattr(found, name) for name in names}


def show_progress(console: Console, row: Record, found: Progress) -> None:
    table = Table("what", "people", title=f"{row.token}, {row.state}")
    lines: dict[str, int] = {"not yet": found.not_yet} | {
        name.replace("_", " "): number for name, number in _stands(found).items()
    }
    for what, reasons in (("failed", found.failed), ("canceled", found.canceled), ("left out", found.left_out)):
        lines |= {f"{what} {why}".strip(): number for why, number in sorted(reasons.items())}
    for what, by_hand in (("calls", found.calls), ("letters", found.letters)):
        lines |= {f"{what} to do": by_hand.waiting, f"{what} done": by_hand.done}
    lines |= {"replied": found.replied} | {f"answered {answer}": number for answer, number in found.answers.items()}
    for what, number in lines.items():
        if number:
            table.add_row(what, f"{number:,}")
    console.print(table)
