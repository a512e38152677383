"""The texts that our voice is measured by: each fits one SMS, to the septet."""

from __future__ import annotations

import pytest

from flows import everywhere
from flows.fit import as_sms, written
from flows.grammar import Choose
from flows.shipped import SHIPPED
from flows.walk import Spoken, walk
from language.sms import length
from language.wording import Catalogs

VALUES = {"council": "Ashdale Council", "by": "5pm", "answer_by": "Friday 27 November", "emergency": "999"}


def shipped(key: str) -> Spoken:
    return next(spoken for spoken in walk(SHIPPED[key.partition(".")[0]], {}, {}) if spoken.key == key)


@pytest.mark.parametrize(
    ("label", "spoken", "septets"),
    [
        ("join 1", shipped("join.welcome.text"), 155),
        ("join 2", shipped("join.agree.text"), 151),
        ("join 3", shipped("join.name.text"), 148),
        ("somebody may be in danger", shipped("safety.safe.text"), 156),
        ("the same, cannot phone", shipped("safety.no_phone.text"), 156),
        ("after STOP", Spoken("everywhere.stopped", (everywhere.STOPPED,)), 136),
    ],
)
def test_measured_texts(label: str, spoken: Spoken, septets: int) -> None:
    text, labels = written(spoken, Catalogs({}), "en", VALUES)
    size = length(as_sms(text, labels, one_line=spoken.one_line))
    assert (size.encoding, size.units, size.segments) == ("GSM-7", septets, 1)


def test_only_choices_that_are_shown_take_room() -> None:
    welcome = SHIPPED["join"].steps["welcome"]
    assert isinstance(welcome, Choose)
    assert len(shipped("join.welcome.text").labels) == 3 < len(tuple(welcome.choices))  # type: ignore[arg-type]
