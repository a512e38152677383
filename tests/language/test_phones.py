import pytest

from language.phones import domestic, e164, line

DRAMA = "+447700900123"


@pytest.mark.parametrize(
    "text",
    [
        "07700900123",
        "07700 900123",
        " 07700 900 123 ",
        "+44 7700 900123",
        "+447700900123",
        "0044 7700 900123",
        "+44 (0)7700 900123",
        "+44 ( 0 ) 7700 900123",
        "+4407700900123",
        "0044 (0) 7700 900123",
        "0+447700900123",
        "+07700900123",
        "(07700) 900-123",
        "07700.900.123",
        "00007700900123",
        "447700900123",
        "7700900123",
        "\u202a+44\u00a07700\u2011900123\u202c",
        "٠٧٧٠٠٩٠٠١٢٣",
    ],
)
def test_the_forms_people_type(text: str) -> None:
    assert e164(text) == DRAMA


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "07700 900123a",
        "07700 90012",
        "07700 9001234",
        "999",
        "118118",
        "1" * 70,
        "+",
        "()",
        "0909 879 0123",
    ],
)
def test_what_is_no_number_or_costs_more(text: str) -> None:
    assert e164(text) is None


@pytest.mark.parametrize(("text", "taken"), [("07700 900000", True), ("07700 900999", True), ("07700 901000", False)])
def test_the_drama_range_is_a_range(text: str, taken: bool) -> None:
    assert (e164(text) is not None) is taken


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (DRAMA, "mobile"),
        ("+442079460123", "landline"),
        ("+441632960123", "landline"),
        ("+443069990123", "landline"),
        ("+448081570123", "other"),
        ("GB.abc", "other"),
        ("", "other"),
    ],
)
def test_lines(number: str, kind: str) -> None:
    assert line(number) == kind


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (DRAMA, "07700 900123"),
        ("+442079460123", "020 7946 0123"),
        ("+12025550123", "+1 202-555-0123"),
        ("GB.abc", "GB.abc"),
    ],
)
def test_shown(number: str, shown: str) -> None:
    assert domestic(number) == shown
