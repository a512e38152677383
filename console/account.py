"""One's own account: what one may do, a new pass phrase, other browsers, and signing out."""

from __future__ import annotations

from starlette.responses import Response

from bank import account
from console import hashing, roles
from console.door import COOKIE, with_session
from console.page import Asked, page
from console.sign_in import TOO_MANY
from console.welcome import new_phrase_mistakes
from console.who import ANYBODY


async def show(asked: Asked) -> Response:
    me, token, now = asked.colleague, asked.request.cookies[COOKIE], asked.now
    others = await asked.read(lambda tx: account.other_sessions(tx, me, token, now))
    return asked.page("account.html", "Your account", roles=roles.of(me), others=others)


async def phrase(asked: Asked) -> Response:
    return asked.page("account_phrase.html", "Change your pass phrase")


async def change_phrase(asked: Asked) -> Response:
    me, form, now, token = asked.colleague, asked.form, asked.now, asked.request.cookies[COOKIE]
    if not await asked.write(lambda tx: account.may_try(tx, me, now)):
        form.mistakes = {"old": TOO_MANY}
        return await phrase(asked)
    own = await asked.read(lambda tx: account.get(tx, me))
    if not await hashing.fits(asked.room, form.secret("old"), own.pass_phrase):
        form.mistakes = {"old": "That is not your pass phrase now. Check it, and try again"}
        return await phrase(asked)
    form.mistakes = new_phrase_mistakes(form, (own.name, own.login, asked.room.organisation.council))
    if form.mistakes:
        return await phrase(asked)
    kept = await hashing.hashed(asked.room, form.secret("pass_phrase"))
    new = await asked.write(lambda tx: account.change_pass_phrase(tx, me, kept, token, now))
    return with_session(new, asked.back("/account", done="phrase_changed"))


async def end_sessions(asked: Asked) -> Response:
    me, token, now = asked.colleague, asked.request.cookies[COOKIE], asked.now
    await asked.write(lambda tx: account.end_other_sessions(tx, me, token, now))
    return asked.back("/account", done="sessions_ended")


PAGES = (
    page("/account", ANYBODY, get=show),
    page("/account/pass-phrase", ANYBODY, get=phrase, post=change_phrase),
    page("/account/sessions", ANYBODY, post=end_sessions),
)
