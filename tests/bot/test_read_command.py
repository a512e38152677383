"""`heard read`: replies in, JSON lines out, what each means and why; a line that cannot be read stops no other."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot import command, read
from bot.settings import ROOT, SettingsMistake
from language.reading import Meaning

MUST = {"id", "meaning", "answer", "sure", "also", "because"}
ASHDALE_QUESTION = "Ashdale Council: help staff rewrite the leaflet. Coming?\n1 Yes\n2 No\n3 Not sure"


def heard(*lines: dict[str, Any] | str, asked: str = "rsvp", language: str = "en") -> tuple[list[Any], str, int]:
    """What is written, what is complained of, and the exit code."""
    out, complaints = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    given = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    code = read.run((f"{line}\n" for line in given), out, complaints, asked, language)
    out.seek(0)
    return [json.loads(line) for line in out], complaints.getvalue(), code


def one(text: str, asked: str = "rsvp", language: str = "en", **more: Any) -> dict[str, Any]:
    (told,), complaints, code = heard({"id": "1", "text": text, **more}, asked=asked, language=language)
    assert (complaints, code) == ("", 0)
    assert isinstance(told, dict)
    return told


@pytest.mark.parametrize("asked", read.ASKED)
@pytest.mark.parametrize("text", ["yes", "STOP", "he hits me", "what time?", "thanks", "", "👍", "2", "xylophone"])
def test_the_shape_of_a_line(asked: str, text: str) -> None:
    told = one(text, asked)
    assert MUST <= set(told) <= MUST | {"value"}
    assert told["meaning"] in {*Meaning}
    assert told["answer"] in {"yes", "no", "maybe", None}
    assert isinstance(told["sure"], bool)
    assert isinstance(told["because"], str)
    assert all(isinstance(name, str) for name in told["also"])
    assert asked in {"rsvp", "yes_no"} or told["answer"] is None


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("rsvp", "yes please", {"meaning": "yes", "answer": "yes", "sure": True}),
        ("rsvp", "can't make it", {"meaning": "no", "answer": "no", "sure": True}),
        ("rsvp", "not sure", {"meaning": "maybe", "answer": "maybe", "sure": True}),
        ("rsvp", "ok", {"meaning": "yes", "answer": "yes", "sure": False}),
        ("rsvp", "STOP", {"meaning": "opt_out", "answer": None, "sure": True, "because": "STOP"}),
        ("rsvp", "he hits me", {"meaning": "crisis", "answer": None, "sure": True, "because": "hits me"}),
        ("yes_no", "nope", {"meaning": "no", "answer": "no", "sure": True}),
        ("rating", "4", {"answer": None, "sure": True, "value": 4}),
        ("rating", "brilliant", {"sure": True, "value": 5}),
        ("open", "HELP", {"meaning": "help", "answer": None, "sure": True}),
        ("open", "hello", {"meaning": "greeting", "answer": None}),
        ("open", "he died in June", {"meaning": "bereavement", "sure": True}),
        ("open", "polski", {"meaning": "language", "value": "pl"}),
    ],
)
def test_what_is_told(asked: str, text: str, told: dict[str, Any]) -> None:
    assert told.items() <= one(text, asked).items()


def test_the_language_of_the_person_counts() -> None:
    assert one("tak, chętnie", language="pl")["answer"] == "yes"
    assert not (one("tak")["sure"] and one("tak")["answer"])


@pytest.mark.parametrize(
    "context",
    [
        ["Care at home", "Money", "Neither"],
        [{"id": "Care at home", "label": "Care at home"}, {"id": "Money", "label": "Money"}],
        [{"label": "Care at home"}, {"text": "Money"}, {"id": "Neither"}],
        {"options": ["Care at home", "Money", "Neither"]},
        {"choices": [{"label": "Care at home"}, {"label": "Money"}]},
        {"question": "Which one?\n1 Care at home\n2 Money\n3 Neither"},
        {"question": "Which one? 1. Care at home 2. Money 3. Neither"},
        "Which one? 1 Care at home 2 Money 3 Neither",
        "Which one?\n1) Care at home\n2) Money",
    ],
    ids=lambda context: json.dumps(context)[:40],
)
@pytest.mark.parametrize(("text", "value"), [("2", "Money"), ("money please", "Money"), ("the first", "Care at home")])
def test_the_choices_come_in_many_forms(context: Any, text: str, value: str) -> None:
    told = one(text, "choice", context=context)
    assert (told["value"], told["sure"], told["answer"]) == (value, True, None)


def test_an_id_of_their_own_is_told() -> None:
    offered = [{"id": "tue", "label": "Tuesday"}, {"id": "fri", "label": "Friday"}]
    assert one("friday", "choice", context=offered)["value"] == "fri"
    assert one("1", "choice", context={"options": offered})["value"] == "tue"


@pytest.mark.parametrize("context", [None, "", [], {}, "Which one?", 7, {"options": None}, {"options": {"a": 1}}])
def test_a_choice_of_which_nothing_is_told_is_a_number(context: Any) -> None:
    assert one("2", "choice", context=context)["value"] == "2"
    assert "value" not in one("xylophone", "choice", context=context)


def test_a_context_for_another_question_does_no_harm() -> None:
    assert one("yes", context=ASHDALE_QUESTION)["answer"] == "yes"
    assert one("yes", context={"question": ["odd", 1]})["answer"] == "yes"


@pytest.mark.parametrize(
    "bad", ["yes", "{", "[]", "7", "null", '"yes"', '{"id": "2"}', '{"id": "2", "text": null}', '{"text": ["yes"]}']
)
def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_read(bad: str) -> None:
    told, complaints, code = heard({"id": "a", "text": "yes"}, "", bad, {"id": "c", "text": "no"})
    assert [(line["id"], line["answer"]) for line in told] == [("a", "yes"), ("c", "no")]
    assert code == 2
    (said,) = complaints.splitlines()
    assert said.startswith("Line 3: ")
    assert '{"id": "1", "text": "yes please"}' in said
    for blame in ("invalid", "error", "Traceback"):
        assert blame not in said


def test_nothing_in_is_nothing_out() -> None:
    assert heard() == ([], "", 0)
    assert heard("", "   ") == ([], "", 0)


def test_an_id_of_any_kind_comes_back_as_it_was() -> None:
    told, _complaints, _code = heard({"id": 7, "text": "yes"}, {"text": "yes"}, {"id": "ż", "text": "yes"})
    assert [line["id"] for line in told] == [7, None, "ż"]


@pytest.mark.parametrize("text", ["yes \ud800", "please stop texting me \ud83d", "wrong number \udfff", "\0", "\ud800"])
def test_half_a_sign_is_written_somehow(text: str) -> None:
    assert one(text)["id"] == "1"
    assert len(heard({"id": text, "text": "yes"})[0]) == 1


@pytest.mark.parametrize("nested", ["[" * 100_000, '{"text": ' * 100_000, '{"id": ' + "9" * 5000 + ', "text": "yes"}'])
def test_a_line_too_odd_to_read_is_a_line_like_any_other(nested: str) -> None:
    told, complaints, code = heard(nested, {"id": "2", "text": "yes"})
    assert [line["id"] for line in told][-1] == "2"
    assert (code, len(complaints.splitlines())) == (2, 1)


def test_a_question_that_nobody_asks_is_refused() -> None:
    ended = CliRunner().invoke(command.cli, ["read", "--asked", "nonsense"], input="")
    assert isinstance(ended.exception, SettingsMistake)
    assert "rsvp, yes_no, rating, choice, open" in str(ended.exception)


def a_process(folder: Path, text: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "read", *options],
        input=text,
        env={"PATH": os.environ["PATH"], "HEARD_DATA_DIR": str(folder), "LC_ALL": "C"},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )


def test_the_command_itself(tmp_path: Path) -> None:
    lines = '{"id": "1", "text": "yes, is there parking?"}\nnot json\n{"id": "ż", "text": "nie mogę przyjść 👍"}\n'
    ended = a_process(tmp_path, lines.encode(), "--asked", "rsvp", "--language", "pl")
    assert ended.returncode == 2
    first, second = (json.loads(line) for line in ended.stdout.decode("utf-8").splitlines())
    assert (first["id"], first["answer"], "question" in first["also"]) == ("1", "yes", True)
    assert second["id"] == "ż"
    assert second["answer"] != "yes"
    assert ended.stderr.decode().splitlines() == [
        'Line 2: there is no text in it. A line looks like {"id": "1", "text": "yes please"}.'
    ]
    assert list(tmp_path.iterdir()) == []


def test_the_command_asked_for_nonsense(tmp_path: Path) -> None:
    ended = a_process(tmp_path, b"", "--asked", "nonsense")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode() == "--asked is one of rsvp, yes_no, rating, choice, open, not nonsense.\n"


def test_bytes_that_are_no_text_are_a_line_like_any_other(tmp_path: Path) -> None:
    ended = a_process(tmp_path, b'\xff\xfe\n{"id": "2", "text": "no \xff"}\n{"id": "3", "text": "no \\ud800"}\n')
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr
    assert [json.loads(line)["id"] for line in ended.stdout.splitlines()][-1] == "3"
