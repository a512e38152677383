"""The demo's story: one that a member told by phone, for what she agreed that it is used, and where it stands now."""

from __future__ import annotations

from datetime import datetime, time

from bank import story_typed, story_used
from bank.colleague import known
from bank.organisation import Organisation
from bot import demo, demo_days
from storage import staff, stories
from storage.store import Store, Tx
from storage.stories import Named, Use
from storage.told import How

_TELLER = 40
_WORDS = (
    "I have cared for my mum for six years. She has dementia. When the carer is somebody new, mum thinks there is a "
    "stranger in the house, and she hides her handbag. Then we look for it all day.\n"
    "Last spring the same woman came for nine weeks. She hummed while she made the porridge. Mum hummed along. "
    "I went to the shops by myself for the first time in a year, and I cried in the queue because nobody needed me.\n"
    "I do not want a medal. I want to know on Sunday who comes on Monday."
)
_AGREED = {Use.WEB: Named.FIRST_NAME, Use.TRAINING: Named.NO_NAME, Use.REPORT: Named.NOT}
_USED = ((Use.WEB, "ashdale.example/carers/stories"), (Use.TRAINING, "Induction of new home care staff"))


async def invent(store: Store, now: datetime, organisation: Organisation) -> None:
    """The demo's story, where there is none."""
    await store.write(lambda tx: _invent(tx, now, organisation))


def _invent(tx: Tx, now: datetime, organisation: Organisation) -> None:
    row, person = staff.called(tx, "sam"), demo.member(tx, _TELLER)
    if row is None or person is None:
        raise LookupError("the demo's team and members come before its story")
    if stories.of_person(tx, person.id):
        return
    sam, then = known(tx, row), demo_days.before(now, 7, organisation)
    told = story_typed.tell(tx, sam, person, _WORDS, "en", How.PHONE, then)
    story_typed.agree(tx, sam, told, _AGREED, How.PHONE, then, organisation)
    for number, (use, place) in enumerate(_USED, 4):
        story_used.use(tx, sam, told, use, place, demo_days.before(now, number, organisation, time(15)))
