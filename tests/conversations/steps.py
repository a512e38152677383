"""Each kind of step that somebody may stand at when a word that works everywhere comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone


async def _stranger(phone: Phone, _bank: Bank) -> None:
    await phone.says("good morning")


async def _welcome(phone: Phone, _bank: Bank) -> None:
    await phone.says("JOIN")


async def _agreement(phone: Phone, _bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("1")


async def _check_back(phone: Phone, _bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("ok")


async def _name(phone: Phone, _bank: Bank) -> None:
    await phone.joins_as_far_as_the_name()


async def _member(phone: Phone, _bank: Bank) -> None:
    await phone.joins()


async def _about_you(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.later(days=7)
    phone.reads(sayings.LOOKS_AFTER)


@dataclass(frozen=True, slots=True)
class Step:
    """How to come there, the question that is open then, how to answer it, and what is read on that."""

    arrive: Callable[[Phone, Bank], Awaitable[None]]
    question: str | None = None
    answer: str = ""
    onward: str = ""
    is_member: bool = False


STEPS: Mapping[str, Step] = {
    "no question, a stranger": Step(_stranger),
    "the first question": Step(_welcome, sayings.WELCOME, "yes", sayings.AGREE),
    "the agreement": Step(_agreement, sayings.AGREE, "1", sayings.NAME),
    "a check": Step(_check_back, sayings.check("Yes"), "yes", sayings.AGREE),
    "the name": Step(_name, sayings.NAME, "Asha", sayings.thanks("Asha"), is_member=True),
    "no question, a member": Step(_member, is_member=True),
    "a question about you": Step(_about_you, sayings.LOOKS_AFTER, "yes", sayings.THANKS_ABOUT_YOU, is_member=True),
}
ASKING = {name: step for name, step in STEPS.items() if step.question}


async def stand_at(name: str, phone: Phone, bank: Bank) -> Step:
    """Bring the phone there, with everything read."""
    await STEPS[name].arrive(phone, bank)
    phone.ignores_the_rest()
    return STEPS[name]
