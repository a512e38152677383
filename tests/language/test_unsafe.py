"""Whether a text from us could do harm, in the words of whoever is asked."""

import pytest

from language.kinds import unsafe

UNSAFE = {
    "en": """
        not safe
        not safe here
        it isn't safe
        It isn’t safe
        its not safe at all
        it's not safe to reply
        he checks my phone
        no, he reads my texts
        don't text me back
        please do not text me back
    """,
    "pl": """
        nie jest bezpiecznie
        to nie jest bezpieczne
        sprawdza mi telefon
        nie odpisujcie
    """,
}
SAFE = """
    yes it is safe
    safe
    yes, text me back
    mum is not safe with him
    is it safe
    he checks on me
    1
    no
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in UNSAFE.items() for text in lines(texts)]
)
def test_a_text_could_do_harm(language: str, text: str) -> None:
    assert unsafe(text, language)


@pytest.mark.parametrize("text", lines(SAFE))
def test_nothing_says_so(text: str) -> None:
    assert not unsafe(text, "en")
