"""Processes of Heard that are started again whenever they die, as systemd or a container's engine would."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT
from tests.bot.town import free_port
from tests.end_to_end.running import clean_environment, status_of
from tests.faults.process import prepare
from tests.forked import Forked, Life

START_SECONDS, STOP_SECONDS, LOOK_SECONDS = 300.0, 30.0, 0.02
ALL_IN_ONE = ("run",)
MANY = ("web", "worker", "worker", "clock", "clock")


@dataclass(slots=True)
class Place:
    """One process of the installation, and whoever holds that place now."""

    part: str
    url: str
    variables: Mapping[str, str]
    output: Path
    quick: bool
    life: Life | None = None

    def start(self) -> None:
        variables = clean_environment() | dict(self.variables)
        if self.quick:
            self.life = Forked(self.part, variables, self.output, prepare)
            return
        with self.output.open("ab") as written:
            self.life = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.process", self.part],
                cwd=ROOT,
                env=variables,
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def died_of(self) -> int | None:
        """The exit code, minus the signal's number where it was one; None while it lives."""
        return self.life.poll() if self.life is not None else None

    async def until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while await status_of(f"{self.url}/readyz") != 200:
            if self.died_of is not None:  # of a fuse that was laid already: it is started again by whoever watches
                return
            assert time.monotonic() < deadline, self.output.read_text()[-2000:]
            await asyncio.sleep(LOOK_SECONDS)

    def tell(self, number: int) -> None:
        if self.life is not None and self.life.poll() is None:
            self.life.send_signal(number)


@dataclass(slots=True)
class Supervisor:
    """Starts every part, and again whoever dies. `crashes` tells of deaths that nobody had ordered.

    `quick` forks them, for tests that have little time; otherwise each is started as anybody would.
    """

    variables: Mapping[str, str]
    folder: Path
    parts: Sequence[str]
    quick: bool = False
    places: list[Place] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    async def start(self) -> None:
        for number, part in enumerate(self.parts):
            port = int(self.variables["HEARD_PORT"]) if part in {"run", "web"} else free_port()
            place = Place(
                part,
                f"http://127.0.0.1:{port}",
                self.variables | {"HEARD_PORT": str(port)},
                self.folder / f"output-{number}-{part}",
                self.quick,
            )
            self.places.append(place)
            place.start()
        await asyncio.gather(*(place.until_ready() for place in self.places))
        assert all(place.died_of is None for place in self.places), self.printed[-2000:]

    async def next_death(self, within: float) -> Place | None:
        """The next one that is killed; it is not started again yet. None where nobody dies in so many seconds."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for place in self.places:
                if place.died_of == -signal.SIGKILL:
                    return place
                if place.died_of is not None:
                    self.crashes.append(f"{place.part} ended by itself, with {place.died_of}")
                    place.start()
            await asyncio.sleep(LOOK_SECONDS)
        return None

    async def stop(self) -> None:
        """Stop all, as a terminal does; whoever does not end well is in `crashes`."""
        for place in self.places:
            place.tell(signal.SIGINT)
        for place in self.places:
            if place.life is None:
                continue
            try:
                code = await asyncio.to_thread(place.life.wait, STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.crashes.append(f"{place.part} did not stop in {STOP_SECONDS:.0f} s")
                place.life.kill()
                place.life.wait()
            else:
                if code:
                    self.crashes.append(f"{place.part} ended with {code} when told to stop")

    def kill(self) -> None:
        for place in self.places:
            if place.life is not None and place.life.poll() is None:
                place.life.kill()
                place.life.wait()

    @property
    def printed(self) -> str:
        return "".join(place.output.read_text(errors="replace") for place in self.places)
