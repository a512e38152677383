"""Fifty-three carers of Ashdale: how each is reached, what they need there, and what they answer in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bank.tokens import token
from storage import addresses, consents, needs, reach
from storage.addresses import AddressState, key_of
from storage.consents import Purpose
from storage.picking import Way
from storage.rsvps import RsvpState
from storage.store import Tx
from tests.bank.ashdale import MORNING
from tests.journeys.thousand import Fate, Lot, Member


@dataclass(frozen=True, slots=True)
class Carer:
    """One of them. `says`: one message after the other; in brackets the button that they press. `means` is how they
    stand then. `needs`: known long ago, in their own words.
    """

    name: str
    says: tuple[str, ...] = ()
    means: RsvpState | None = None
    way: Way = Way.SMS
    language: str = "en"
    needs: str = ""
    fate: Fate = Fate.ARRIVES


_WHATSAPP, _TELEGRAM = Way.WHATSAPP, Way.TELEGRAM
_COMES, _MAYBE, _NO = RsvpState.COMING, RsvpState.MAYBE, RsvpState.NOT_COMING
# What they say while there is a place for each: that they come, how, with how many, and whether Asha may know of it.
SOON = (
    Carer("Asha", ("yes", "in person", "0"), _COMES),
    Carer("Bea", ("yes please", "in person", "just me", "yes"), _COMES),
    Carer("Cal", ("1", "1", "0", "1"), _COMES),
    Carer("Dev", ("me and my mum", "in person", "no"), _COMES),
    Carer("Eve", ("yes but I'll be late", "1", "0", "yes"), _COMES),
    Carer("Flo", ("can I join online", "yes"), _COMES),
    Carer("Gus", ("maybe if I can get cover", "yes please"), _MAYBE),
    Carer("Hal", ("sorry can't",), _NO),
    Carer("Ida", ("is there parking?", "yes", "in person", "0", "yes"), _COMES),
    Carer("Jon", ("will the money man come again?", "no"), _NO),
    Carer("Kit", ("yes", "in person", "0", "yes", "yes"), _COMES, needs="a BSL interpreter"),
    Carer("Lou", ("count me in", "in person", "0", "no"), _COMES),
    Carer("Max", ("yes", "in person", "0", "yes"), _COMES),
    Carer("Ewa", ("tak", "1", "0", "tak"), _COMES, language="pl"),
    Carer("Jarek", ("niestety nie mogę",), _NO, language="pl"),
    Carer("Łucja", ("tak", "1", "0", "tak", "tak"), _COMES, language="pl", needs="tłumacz"),
    Carer("Zofia", ("może", "tak"), _MAYBE, language="pl"),
    Carer("Tia", ("yes", "online", "yes"), _COMES, _WHATSAPP),
    Carer("Uma", ("yes", "online", "no"), _COMES, _WHATSAPP),
    Carer("Wes", ("Yes. I need large print", "in person", "0", "yes"), _COMES, _WHATSAPP),
    Carer("Xan", ("no thanks",), _NO, _WHATSAPP),
    Carer("Yoav", ("yes", "sorry, I can't come after all"), _NO, _WHATSAPP),
    Carer("Ana", ("[Yes]", "[In person]", "0", "[Yes]"), _COMES, _TELEGRAM),
    Carer("Bo", ("[Yes]", "[Online]", "[No]"), _COMES, _TELEGRAM),
    Carer("Cy", ("[Yes]", "[In person]", "0", "[Yes]"), _COMES, _TELEGRAM),
    Carer("Fay", ("[Not sure]", "[Yes]"), _MAYBE, _TELEGRAM),
    Carer("Guy", ("[No]",), _NO, _TELEGRAM),
)
# What they say when all places are taken.
LATER = (
    Carer("Nan", ("yes please x",)),
    Carer("Oli", ("yes",)),
    Carer("Dan", ("[Yes]",), way=_TELEGRAM),
)
# They answer nothing, or not by text.
SILENT = (
    Carer("Quin"),
    Carer("Rex"),
    Carer("Pat"),
    Carer("Sid", fate=Fate.NOT_IN_USE),
    Carer("Ros"),
    Carer("Tess"),
    Carer("Iga", language="pl"),
    *(Carer(name, way=_WHATSAPP) for name in ("Abe", "Bru", "Col")),
    Carer("Olek", way=_WHATSAPP, language="pl"),
    *(Carer(name, way=_TELEGRAM) for name in ("Hob", "Ivy", "Jed", "Ken")),
    Carer("Kuba", way=_TELEGRAM, language="pl"),
    *(Carer(name, way=Way.CALL) for name in ("Vera", "Walt", "Win")),
    Carer("Hania", way=Way.CALL, language="pl"),
    *(Carer(name, way=Way.LETTER) for name in ("Mabel", "Nell", "Otto")),
)
# Who join by the link.
ONLINE = frozenset({"Flo", "Tia", "Uma", "Bo"})
CARERS: Sequence[Carer] = (*SOON, *LATER, *SILENT)


def lots() -> list[Lot]:
    return [Lot(1, one.way, one.language, one.fate, about={"name": one.name}) for one in CARERS]


def told_us(tx: Tx, members: Sequence[Member]) -> None:
    """What is known of what they need; and who is on WhatsApp agreed to texts as well, for the days on which WhatsApp
    lets nothing of ours through.
    """
    for member, carer in zip(members, CARERS, strict=True):
        if carer.needs:
            needs.add(tx, person_id=member.id, words=carer.needs, entered_by=None, at=MORNING)
        if carer.way is _WHATSAPP:
            _texts_too(tx, member, carer)


def _texts_too(tx: Tx, member: Member, carer: Carer) -> None:
    at = {"channel": "sms", "sender": "sms", "address": member.address, "address_key": key_of("sms", member.address)}
    kept = {"state": AddressState.OPEN, "language": carer.language, "created_at": MORNING}
    added = addresses.add(tx, token=token(), **at, **kept)
    reach.join(tx, address_id=added, person_id=member.id, since=MORNING)
    agreed = {"given": True, "words": "OK?", "shown": True, "language": carer.language, "at": MORNING}
    consents.record(tx, Purpose.MESSAGES, person_id=member.id, address_id=added, **agreed)
