"""How many come, the writer included; and how many come along."""

import pytest

from language.party import party
from language.reading import Question
from language.reply import read


@pytest.mark.parametrize(
    ("text", "everybody"),
    [
        ("3 of us", 3),
        ("yes 3 of us please", 3),
        ("both of us", 2),
        ("party of five", 5),
        ("just me", 1),
        ("yes, just me", 1),
        ("me + 2", 3),
        ("yes me and my mum", 2),
        ("me, my mum and nan", 3),
        ("me n my two kids", 3),
        ("bringing a friend", 2),
        ("me and Tom both yes", 2),
        ("me and both my carers", 3),
        ("yes and my daughter is coming with me", 2),
        ("yes my 2 kids are coming with me", 3),
        ("yes but no one is coming with me", None),
        ("coming with husband and two kids", 4),
        ("coming with my PA", 2),
        ("yes", None),
        ("she lives by herself", None),
        ("one of us will come", None),
        ("I look after my mum", None),
        ("ring me on +447700900123", None),
        ("two of us, no, 3 of us", None),
    ],
)
def test_everybody(text: str, everybody: int | None) -> None:
    assert party(text, "en") == everybody


@pytest.mark.parametrize(
    ("text", "everybody"),
    [("ja i mąż", 2), ("przyjdę z siostrą", 2), ("będziemy oboje", 2), ("tylko ja", 1), ("tak", None)],
)
def test_everybody_in_polish(text: str, everybody: int | None) -> None:
    assert party(text, "pl") == everybody


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("me and my two kids", "2", True),
        ("me, my mum and my sister", "2", True),
        ("bringing my PA", "0", False),
        ("bringing my mum and my PA", "1", True),
        ("just me", "0", True),
        ("my husband", "1", True),
        ("my husband and son", "2", True),
        ("2 kids", "2", True),
        ("my two daughters and my PA", "2", True),
        ("2 and my PA", "2", True),
        ("just my PA", "0", False),
        ("my carer", "0", False),
        ("1 carer", "0", False),
        ("2 kids and my carer", "2", True),
    ],
)
def test_who_comes_along(text: str, value: str, sure: bool) -> None:
    reading = read(Question("count"), text, "en")
    assert (reading.value, reading.sure) == (value, sure)


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [("dwie córki", "2", True), ("dwoje dzieci", "2", True), ("tylko asystent", "0", False), ("opiekun", "0", False)],
)
def test_who_comes_along_in_polish(text: str, value: str, sure: bool) -> None:
    reading = read(Question("count"), text, "pl")
    assert (reading.value, reading.sure) == (value, sure)
