"""Names on badges: the first name, told apart where two go by the same, and a title where there is but one name."""

from __future__ import annotations

import pytest

from bank.print_names import LONGEST, first_names


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (["Asha Begum", "Ben"], ["Asha", "Ben"]),
        (["Asha Begum", "asha Khan", "Asha"], ["Asha B.", "asha K.", "Asha"]),
        (["Mrs Begum", "Dr. Olu Ade", "Pani Zofia Nowak"], ["Mrs Begum", "Olu", "Zofia"]),
        (["  Mary-Ann   O'Hara ", ""], ["Mary-Ann", ""]),
        (["x" * 300], ["x" * LONGEST]),
    ],
)
def test_each_goes_by_their_first_name(names: list[str], called: list[str]) -> None:
    assert first_names(names) == called
