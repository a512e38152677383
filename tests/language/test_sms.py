import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.sms import Length, gsm_clean, length
from tests.language.counted import TABLE


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        *TABLE,
        ("", "GSM-7", 0, 1),
        ("a" * 159 + "’", "UCS-2", 160, 3),
        ("a\tb", "UCS-2", 3, 1),
        ("[\\]^{|}~\f", "GSM-7", 18, 1),
        ("ŵ" * 66 + "😀" + "ŵ" * 66, "UCS-2", 134, 3),
        ("ŵ" * 64 + "👍🏽" + "ŵ" * 66, "UCS-2", 134, 3),
        ("\ud800", "UCS-2", 1, 1),
    ],
)
def test_length(text: str, encoding: str, units: int, segments: int) -> None:
    assert length(text) == Length(encoding, units, segments)


@given(st.text(max_size=400))
def test_units_are_those_of_utf_16_and_fit_the_segments(text: str) -> None:
    found = length(text)
    if found.encoding == "UCS-2":
        assert found.units == len(text.encode("utf-16-be")) // 2
        assert found.segments >= (1 if found.units <= 70 else -(-found.units // 67))
    else:
        assert found.segments >= (1 if found.units <= 160 else -(-found.units // 153))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("It’s “here” – now…", 'It\'s "here" - now...'),
        ("a\u00a0b\u200bc\td", "a bc d"),
        ("Siân Łukasz 😀", "Siân Łukasz 😀"),
    ],
)
def test_our_own_text_is_cleaned_and_names_are_not_touched(text: str, clean: str) -> None:
    assert gsm_clean(text) == clean
    assert gsm_clean(clean) == clean
