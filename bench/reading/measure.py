"""How well replies are read: `python -m bench.reading.measure [COLLECTION] [--wrong]`.

Coverage is the share that is acted on (sure), precision the share of those that is right: the answer to the question is
the gold one, and where there is no answer, the meaning. A flip is a yes recorded for a no, or the reverse. A reply
whose gold answer is "ask again" is right only when it is not acted on. "apart" is "unseen" without what somebody else
happened to write in "replies" too.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.reading.collection import Reply, replies, unseen
from language.reading import Meaning, Option, Question, Reading
from language.understand import understand

_COLLECTIONS = (
    "replies",
    "unseen",
    "unseen_second",
    "unseen_third",
    "unseen_fourth",
    "unseen_fifth",
    "unseen_sixth",
    "unseen_seventh",
    "apart",
)
_ANSWERED = frozenset({"rsvp", "yes_no"})
_BEFORE_ANY_ANSWER = frozenset({"crisis", "opt_out", "bereavement", "wrong_person", "auto_reply"})


@dataclass(slots=True)
class Tally:
    """What was counted over some replies."""

    all: int = 0
    acted: int = 0
    right: int = 0
    flips: int = 0

    def line(self) -> str:
        precision = 100 * self.right / self.acted if self.acted else 0.0
        return (
            f"{self.all:6} {100 * self.acted / max(1, self.all):8.1f} {precision:9.1f} "
            f"{100 * self.flips / max(1, self.all):6.2f}"
        )


@dataclass(slots=True)
class Report:
    groups: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    caught: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    alikes: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)


def read(reply: Reply) -> Reading:
    options = tuple(Option(str(place), label) for place, label in enumerate(reply.options, 1))
    return understand(Question(reply.asked, options, several=reply.asked == "choice"), reply.text, reply.language)


def is_right(reply: Reply, reading: Reading) -> bool:
    if reply.meaning in _BEFORE_ANY_ANSWER and reading.meaning.value == reply.meaning:
        return True
    if reply.asked in _ANSWERED and (reply.answer != "-" or reading.answer is not None):
        return (reading.answer or "-") == reply.answer
    if reply.asked == "rating" and (reply.value in "12345" or isinstance(reading.value, str)):
        return _near(reply.value, reading.value)
    if reply.asked == "choice" and reply.value != "-":
        return _chosen(reading) == set(reply.value.split("+"))
    return reading.meaning.value == reply.meaning


def _near(gold: str, value: object) -> bool:
    """People differ by one between "good" and "very good"; never across the middle."""
    if value is None or gold not in "12345":
        return value is None and gold not in "12345"
    return abs(int(str(value)) - int(gold)) <= 1


def _chosen(reading: Reading) -> set[str]:
    value = reading.value
    return set(value) if isinstance(value, tuple) else {str(value)}


def report(collection: Iterable[Reply]) -> Report:
    found = Report()
    for reply in collection:
        began = time.perf_counter()
        reading = read(reply)
        found.took.append(time.perf_counter() - began)
        right = is_right(reply, reading)
        flip = reading.sure and {reply.answer, reading.answer} == {"yes", "no"}
        for group in ("all", f"asked {reply.asked}", f"group {reply.group}"):
            tally = found.groups[f"{reply.language} {group}"]
            tally.all += 1
            tally.acted += reading.sure
            tally.right += reading.sure and right
            tally.flips += flip
        _serious(found, reply, reading)
        line = (
            f"{reply.language} {reply.asked} gold={reply.meaning}/{reply.answer}/{reply.value} "
            f"read={reading.meaning.value}/{reading.answer or '-'}/{reading.value} [{reading.because}] {reply.text!r}"
        )
        if reading.sure and not right:
            found.wrong.append(("FLIP " if flip else "") + line)
        elif not reading.sure:
            found.missed.append(line)
    return found


def _serious(found: Report, reply: Reply, reading: Reading) -> None:
    for meaning in (Meaning.OPT_OUT, Meaning.CRISIS):
        name = f"{reply.language} {meaning.value}"
        heard = reading.meaning is meaning
        if reply.meaning == meaning.value:
            found.there[name] += 1
            found.caught[name] += heard
            if not heard:
                found.missed.append(f"MISSED {meaning.value}: {reply.language} {reply.asked} {reply.text!r}")
        else:
            found.alikes[name] += 1
            found.alarms[name] += heard
            if heard:
                found.wrong.append(f"ALARM {meaning.value}: [{reading.because}] {reply.language} {reply.text!r}")


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("which", nargs="?", default="replies", choices=_COLLECTIONS)
    given.add_argument("--language")
    given.add_argument("--held-back", action="store_true", help="only what training with --holding-out kept back")
    given.add_argument("--wrong", action="store_true", help="list what was read wrong with confidence")
    given.add_argument("--missed", action="store_true", help="list what was not acted on")
    told = given.parse_args()
    chosen = unseen() if told.which == "apart" else replies(told.which)
    found = report(
        reply
        for reply in chosen
        if told.language in {None, reply.language} and (not told.held_back or reply.is_held_back)
    )
    print(f"{'':28} {'count':>6} {'coverage':>8} {'precision':>9} {'flips':>6}")
    for group, tally in sorted(found.groups.items()):
        print(f"{group:28} {tally.line()}")
    for name, count in sorted(found.there.items()):
        recall, alarms = 100 * found.caught[name] / count, 100 * found.alarms[name] / max(1, found.alikes[name])
        print(f"{name:28} recall {recall:.1f}% of {count}, false alarms {alarms:.2f}% of {found.alikes[name]}")
    found.took.sort()
    mean, p99 = 1e6 * sum(found.took) / len(found.took), 1e3 * found.took[len(found.took) * 99 // 100]
    print(f"mean {mean:.0f} µs, p99 {p99:.2f} ms")
    for line in found.wrong if told.wrong else []:
        print("WRONG", line)
    for line in found.missed if told.missed else []:
        print("ASKED", line)


if __name__ == "__main__":
    main()
