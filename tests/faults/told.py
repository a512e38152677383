"""What a storm is to be, and what came of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console
from rich.table import Table

from tests.faults.points import POINTS, Point
from tests.faults.reckoning import Reckoning


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen. `lease`: seconds of silence that a drain's lease bears, the usual 10 where it is empty."""

    texts: int
    messages: int
    kills: int
    seed: int
    points: tuple[Point, ...] = POINTS
    lease: str = ""
    mistake: str = ""
    pages: str = ""
    quick: bool = False
    settle_seconds: float = 600.0

    def fuses(self) -> Iterator[tuple[Point, int]]:
        """Each point as often as every other, in a seeded order, each with the number of passings."""
        chance = random.Random(self.seed)
        points = [self.points[number % len(self.points)] for number in range(self.kills)]
        chance.shuffle(points)
        share = max(1, self.texts // max(1, self.kills) // 4)
        for point in points:
            yield point, chance.randint(1, min(point.most, share))


@dataclass(slots=True)
class Kill:
    """One death. `up`: seconds until the process was ready again; `on`: until the next message was accepted."""

    point: str
    number: int
    part: str
    at: datetime
    calls: dict[str, int]
    up: float
    on: float | None = None


@dataclass(slots=True)
class Told:
    """What came of a storm."""

    plan: Plan
    kills: list[Kill] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    reckoning: Reckoning = field(default_factory=Reckoning)
    given_up: list[str] = field(default_factory=list)
    unanswered: int = 0
    out_of_order: int = 0
    seconds: float = 0.0
    settled_after: float = 0.0
    events: Counter[str] = field(default_factory=Counter)

    @property
    def calls_cut(self) -> int:
        """How many calls to Telegram may have been under way, over all deaths."""
        return sum(kill.calls.get("telegram", 0) for kill in self.kills)

    @property
    def wrong(self) -> dict[str, int]:
        found = self.reckoning.wrong
        cut = len(self.reckoning.posts_lost) + len(self.reckoning.posts_twice)
        for name, number in (
            ("more_posts_lost_than_calls_cut", max(0, cut - self.calls_cut)),
            ("kills_missing", len(self.missing)),
            ("crashes", len(self.crashes)),
            ("people_who_gave_up", len(self.given_up)),
            ("out_of_order", self.out_of_order),
        ):
            if number:
                found[name] = number
        return found


def tell(told: Told, console: Console) -> None:
    table = Table(title=f"{len(told.kills)} kills, seed {told.plan.seed}")
    for heading in (
        "",
        "point",
        "passing",
        "who",
        "calls under way",
        "up again after",
        "next message after",
    ):
        table.add_column(heading, justify="left" if heading in {"point", "who"} else "right")
    for number, kill in enumerate(told.kills, 1):
        calls = ", ".join(f"{count} {name}" for name, count in sorted(kill.calls.items()))
        on = "" if kill.on is None else f"{kill.on:.1f} s"
        table.add_row(
            str(number),
            kill.point,
            str(kill.number),
            kill.part,
            calls,
            f"{kill.up:.1f} s",
            on,
        )
    console.print(table)
    found = told.reckoning
    console.print(f"{found.texts} texts in, {told.unanswered} of them with no 2xx; lost {len(found.texts_lost)}")
    console.print(f"{found.messages} messages by Twilio; lost {len(found.lost)}, twice {len(found.twice)}")
    console.print(f"{found.chats} updates by Telegram; lost {len(found.chats_lost)}")
    console.print(
        f"{found.posts} messages by Telegram; lost {len(found.posts_lost)}, twice {len(found.posts_twice)}, "
        f"{found.posts_unknown} shown as unknown; at most {told.calls_cut} calls were under way at a kill"
    )
    console.print(f"it took {told.seconds:.0f} s, and {told.settled_after:.0f} s more until all was settled")
    console.print(f"logged: {dict(told.events.most_common(20))}")
    for name in ("missing", "crashes", "given_up"):
        if getattr(told, name):
            console.print(f"{name}: {getattr(told, name)[:10]}")
    for name in told.reckoning.wrong:
        console.print(f"{name}: {Counter(getattr(told.reckoning, name)).most_common(10)}")
    console.print(f"[bold]{'WRONG: ' + str(told.wrong) if told.wrong else 'nothing lost, nothing said twice'}[/bold]")
