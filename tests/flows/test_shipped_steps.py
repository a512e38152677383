"""People stand at steps for weeks: a step that was shipped does not vanish without a word."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from flows import shipped
from flows.shipped import SHIPPED

LIST = tomllib.loads((Path(shipped.__file__).parent / "shipped_steps.toml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, list[str]]] = LIST["steps"]
RENAMES: dict[str, str] = LIST["renames"]


def vanished(name: str, listed: list[str]) -> list[str]:
    """The steps that were shipped, are gone, and have no heir."""
    return [step for step in listed if RENAMES.get(f"{name}.{step}", step) not in SHIPPED[name].steps]


@pytest.mark.parametrize("name", sorted({*STEPS, *SHIPPED}))
def test_every_flow_that_was_shipped_is_still_there_and_every_flow_is_listed(name: str) -> None:
    assert name in SHIPPED
    assert name in STEPS


@pytest.mark.parametrize("name", sorted(STEPS))
def test_no_step_vanishes_without_a_rename(name: str) -> None:
    assert [step for listed in STEPS[name].values() for step in vanished(name, listed)] == []


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_steps_of_today_are_listed(name: str) -> None:
    flow = SHIPPED[name]
    assert set(STEPS[name][str(flow.version)]) >= set(flow.steps)


def test_a_vanished_step_is_noticed() -> None:
    assert vanished("join", ["welcome", "shoe_size"]) == ["shoe_size"]
