import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.sms import Length, gsm_clean, length


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("a" * 918, "GSM-7", 918, 6),
        ("a" * 919, "GSM-7", 919, 7),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("ŵ" * 70, "UCS-2", 70, 1),
        ("ŵ" * 71, "UCS-2", 71, 2),
        ("ŵ" * 134, "UCS-2", 134, 2),
        ("ŵ" * 135, "UCS-2", 135, 3),
        ("👍", "UCS-2", 2, 1),
        ("👍🏽", "UCS-2", 4, 1),
        ("👨‍👩‍👧", "UCS-2", 8, 1),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "UCS-2", 14, 1),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
        ("It’s", "UCS-2", 4, 1),
        ("It's", "GSM-7", 4, 1),
        ("café", "GSM-7", 4, 1),
        ("fête", "UCS-2", 4, 1),
        ("£20 café €", "GSM-7", 11, 1),
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
