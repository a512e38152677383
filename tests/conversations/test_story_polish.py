"""A story told in Polish, from the word to the last question, and taken back."""

from __future__ import annotations

from flows.grammar import Ask, Choose, Flow, More, Say
from flows.story import STORY, STORY_DOWN
from tests.conversations.banks import Bank
from tests.conversations.phones import TextPhone
from tests.conversations.stories_told import agreed, parts

FIRST, SECOND = "Mój syn urodził się głuchy i nikt nam nie pomógł.", "Czekaliśmy dwa lata na aparat."


def said(bank: Bank, name: str, flow: Flow = STORY) -> str:
    """A step as a Polish speaker reads it. It must differ from the English."""
    step, render = flow.steps[name], bank.organisation.catalogs.render
    assert isinstance(step, (Ask, Choose, More, Say))
    text = render(step.text, "pl", {})
    assert text != render(step.text, "en", {})
    choices = step.choices if isinstance(step, Choose) and isinstance(step.choices, tuple) else ()
    labels = [render(choice.label, "pl", {}) for choice in choices if choice.label is not None]
    return "\n".join((text, *(f"{number} {label}" for number, label in enumerate(labels, 1))))


async def test_a_story_in_polish(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("polski")
    sms.ignores_the_rest()
    await sms.says("Chcę opowiedzieć moją historię")
    sms.reads(said(bank, "about"), said(bank, "tell"))
    await sms.says(FIRST)
    await sms.says(f"{SECOND} To wszystko, dziękuję")
    sms.reads(said(bank, "kept"), f"1. {FIRST}\n2. {SECOND}", said(bank, "right"))
    await sms.says("tak")
    await sms.says("bez mojego imienia")
    await sms.says("2")
    await sms.says("nie")
    sms.reads(
        *(said(bank, name) for name in ("yours", "web", "training", "report", "thanks")),
    )
    assert await agreed(bank, sms) == {"web": "no_name", "training": "first_name"}
    await sms.says("Proszę usuńcie moją historię")
    sms.reads(said(bank, "gone", STORY_DOWN))
    assert (await parts(bank, sms), await agreed(bank, sms)) == ([], {})


async def test_the_word_that_ends_it_never_ends_our_texts(sms: TextPhone, bank: Bank) -> None:
    """Our text says GOTOWE: KONIEC would be a STOP where no story is open."""
    assert "GOTOWE" in said(bank, "tell")
    await sms.joins()
    await sms.says("polski")
    await sms.says("GOTOWE")
    sms.ignores_the_rest()
    assert not await bank.is_stopped(sms)
