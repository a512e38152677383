"""What is covered until somebody looks, and what must not be."""

from __future__ import annotations

import pytest

from language.abuse import abusive


@pytest.mark.parametrize(
    "text",
    ["Fuck off, all of you", "you are a BITCH", "kill yourself", "spierdalajcie stąd", "Zabiję cię", "you wankers"],
)
def test_covered(text: str) -> None:
    assert abusive(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am fucking tired of waiting",
        "this is shit, nobody came",
        "I want to kill myself",  # somebody must see it at once
        "I feel so stupid",
        "I live in Scunthorpe",
        "my dog is a Slagle hound",
        "kurwa mać, znowu nikt nie przyszedł",
        "as a disabled, queer carer",
    ],
)
def test_not_covered(text: str) -> None:
    assert not abusive(text)
