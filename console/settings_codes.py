"""Settings: the join codes, and whose each is."""

from __future__ import annotations

from starlette.responses import Response

from bank import join_codes, told_facts
from bank import posters as bank_posters
from bank.join_codes import Refusal
from bank.told_facts import BY_NAME
from console import posters
from console.page import Asked, page
from console.who import ADMINISTRATORS
from storage.store import Tx

_AT = "/settings/codes"
_SAYS = {
    Refusal.NOT_A_CODE: "Enter 2 to 20 letters, numbers or hyphens, like OAK-HALL",
    Refusal.TAKEN: "There is a code like this already. Choose another",
    Refusal.NO_SUCH_PARTNER: "Choose somebody who is a partner",
    Refusal.NOT_WRITTEN: "Choose a language that we write in",
}
_FIELDS = {Refusal.NO_SUCH_PARTNER: "partner", Refusal.NOT_WRITTEN: "language"}


async def show(asked: Asked) -> Response:
    organisation = asked.room.organisation
    found = await asked.read(join_codes.everyone)
    partners = [(one.token, one.name) for one in await asked.read(join_codes.partners)]
    return asked.page(
        "settings_codes.html",
        "Join codes",
        codes=[(one, join_codes.poster(one, organisation)) for one in found],
        prints=[(tag, told_facts.language_name(tag)) for tag in bank_posters.languages(organisation)],
        print_links=posters.LINKS,
        partners=partners,
        languages_here=told_facts.choices(BY_NAME["language"], organisation),
        language_name=told_facts.language_name,
    )


async def add(asked: Asked) -> Response:
    form, by, now = asked.form, asked.colleague.id, asked.now
    word = form.needed("code", _SAYS[Refusal.NOT_A_CODE], longest=20)
    label = form.needed("label", "Say where people find it", longest=join_codes.LONGEST_LABEL)
    if form.mistakes:
        return await show(asked)
    partner, language, organisation = form.line("partner"), form.line("language"), asked.room.organisation

    def keep(tx: Tx) -> Refusal | None:
        return join_codes.add(tx, now, by, word, label, partner, language, organisation)

    return await _kept(asked, await asked.write(keep))


async def give(asked: Asked) -> Response:
    code, partner, by, now = asked.path("code"), asked.form.line("partner"), asked.colleague.id, asked.now
    return await _kept(asked, await asked.write(lambda tx: join_codes.give(tx, now, by, code, partner)))


async def _kept(asked: Asked, refusal: Refusal | None) -> Response:
    if refusal is None:
        return asked.back(_AT, done="settings_kept")
    asked.form.mistakes[_FIELDS.get(refusal, "code")] = _SAYS[refusal]
    return await show(asked)


PAGES = (
    page(_AT, ADMINISTRATORS, get=show, post=add),
    page(f"{_AT}/{{code}}", ADMINISTRATORS, post=give),
)
