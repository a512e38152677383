"""Team: who is on it, what each may do, and how somebody comes to it and leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from bank import team, ways_in
from bank.team import Member, Refusal
from console import roles
from console.forms import Form
from console.page import Asked, Missing, page
from console.who import ADMINISTRATORS
from storage.staff import Role, StaffState
from storage.store import Tx

_AT_ONCE = 50
_SAYS = {
    Refusal.LAST_ADMINISTRATOR: "They are the only administrator. Make somebody else an administrator first",
    Refusal.YOURSELF: "Ask another administrator to do this for you",
    Refusal.NO_SUCH_PERSON: "Open their page under People, copy its address, and put it here",
    Refusal.NOT_A_NUMBER: "Enter a mobile number, like 07700 900123, or the number of a Telegram account",
    Refusal.NEVER_WROTE: "They must first write to us on Telegram, because we cannot write first",
}
_STATES = {StaffState.INVITED: "Not come in yet", StaffState.ACTIVE: "On the team", StaffState.CLOSED: "Left"}


async def everyone(asked: Asked) -> Response:
    number = asked.number("page")
    members = await asked.read(team.everyone)
    shown = members[(number - 1) * _AT_ONCE : number * _AT_ONCE]
    return asked.page(
        "team.html",
        "Team",
        members=shown,
        number=number,
        more=len(members) > number * _AT_ONCE,
        states=_STATES,
        called=roles.called,
    )


async def add(asked: Asked) -> Response:
    return asked.page("team_add.html", "Add somebody to the team", boxes=roles.boxes(frozenset(_ticked(asked.form))))


async def added(asked: Asked) -> Response:
    form = asked.form
    name = form.needed("name", "Enter their name", longest=100)
    login, wanted = form.line("login"), _roles(form)
    if not ways_in.may_be_login(login):
        form.mistakes["login"] = "Enter 2 to 40 letters and numbers, like sam.field"
    if not wanted:
        form.mistakes["roles"] = "Choose what they may do"
    if form.mistakes:
        return await add(asked)
    by, now = asked.colleague.id, asked.now
    invited = await asked.write(lambda tx: ways_in.invite(tx, by, name, login, wanted, now))
    if invited is None:
        form.mistakes["login"] = "Somebody on the team has this sign-in name. Choose another"
        return await add(asked)
    return _link(asked, invited[0].name, invited[0].token, invited[1])


def _link(asked: Asked, name: str, token: str, link: str) -> Response:
    """The link, shown this once."""
    address = f"{asked.room.public_url}/welcome/{link}"
    until = asked.now + ways_in.LASTS
    return asked.page("team_link.html", "Give them this link", name=name, token=token, address=address, until=until)


async def one(asked: Asked) -> Response:
    token = asked.path("token")
    return _shown(asked, _there(await asked.read(lambda tx: team.one(tx, token))))


def _there(member: Member | None) -> Member:
    if member is None:
        raise Missing
    return member


def _shown(asked: Asked, member: Member) -> Response:
    given = _ticked(asked.form) if "roles" in asked.form.mistakes else [role.value for role in member.roles]
    return asked.page(
        "team_one.html",
        member.row.name,
        member=member,
        state=_STATES[member.row.state],
        boxes=roles.boxes(frozenset(given)),
        is_me=member.row.id == asked.colleague.id,
    )


async def rename(asked: Asked) -> Response:
    name = asked.form.needed("name", "Enter their name", longest=100)
    by, now = asked.colleague, asked.now
    return await _changed(asked, "name", lambda tx, member: team.rename(tx, by, member, name, now))


async def change_roles(asked: Asked) -> Response:
    wanted = _roles(asked.form)
    if not wanted:
        asked.form.mistakes["roles"] = "Choose what they may do. If they leave the team, end their access below"
    by, now = asked.colleague, asked.now
    return await _changed(asked, "roles", lambda tx, member: team.change_roles(tx, by, member, wanted, now))


async def set_alerts(asked: Asked) -> Response:
    form, by, now = asked.form, asked.colleague, asked.now
    channel = form.chosen("channel", ("", *team.ALERTS), "Choose how to alert them")
    number = form.line("number") if channel else ""
    return await _changed(asked, "number", lambda tx, member: team.set_alerts(tx, by, member, channel, number, now))


async def link_record(asked: Asked) -> Response:
    """The whole address of the person's page may be given: its last part is their token."""
    by, now = asked.colleague, asked.now
    token = asked.form.line("person").rstrip("/").rpartition("/")[2]
    return await _changed(asked, "person", lambda tx, member: team.link_record(tx, by, member, token, now))


async def close(asked: Asked) -> Response:
    by, now = asked.colleague, asked.now
    return await _changed(asked, "close", lambda tx, member: team.close(tx, by, member, now))


async def _changed(asked: Asked, field: str, change: Callable[[Tx, Member], Refusal | None]) -> Response:
    """Change somebody and go back to their page; a refusal, or a mistake of the form, is told beside the field."""
    token, mistakes = asked.path("token"), asked.form.mistakes

    def work(tx: Tx) -> tuple[Member, Refusal | None]:
        member = _there(team.one(tx, token))
        return member, None if mistakes else change(tx, member)

    member, refusal = await asked.write(work)
    if refusal is not None:
        mistakes[field] = _SAYS[refusal]
    return _shown(asked, member) if mistakes else asked.back(f"/team/{token}", done="team_changed")


async def new_link(asked: Asked) -> Response:
    token, by, now = asked.path("token"), asked.colleague, asked.now

    def work(tx: Tx) -> tuple[Member, str | Refusal]:
        member = _there(team.one(tx, token))
        return member, team.new_link(tx, by, member, now)

    member, link = await asked.write(work)
    if isinstance(link, Refusal):
        asked.form.mistakes["link"] = _SAYS[link]
        return _shown(asked, member)
    return _link(asked, member.row.name, token, link)


def _ticked(form: Form) -> list[str]:
    return form.several("roles")


def _roles(form: Form) -> list[Role]:
    """Those that were ticked; what is no role is nobody's."""
    ticked: list[Any] = _ticked(form)
    return [role for role in Role if role in ticked]


PAGES = (
    page("/team", ADMINISTRATORS, get=everyone),
    page("/team/add", ADMINISTRATORS, get=add, post=added),
    page("/team/{token}", ADMINISTRATORS, get=one),
    page("/team/{token}/name", ADMINISTRATORS, post=rename),
    page("/team/{token}/roles", ADMINISTRATORS, post=change_roles),
    page("/team/{token}/alerts", ADMINISTRATORS, post=set_alerts),
    page("/team/{token}/record", ADMINISTRATORS, post=link_record),
    page("/team/{token}/link", ADMINISTRATORS, post=new_link),
    page("/team/{token}/close", ADMINISTRATORS, post=close),
)
