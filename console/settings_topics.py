"""Settings: what people may choose to hear about, in every language that we write."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bank import topics
from bank.organisation import Topic
from bank.told_facts import language_name
from console.forms import Form
from console.page import Asked, page
from console.who import ADMINISTRATORS

_AT = "/settings/topics"
_NEW = "new"


async def show(asked: Asked) -> Response:
    organisation = asked.room.organisation
    return asked.page(
        "settings_topics.html",
        "Topics",
        topics=organisation.topics,
        languages_here=[(tag, language_name(tag)) for tag in organisation.catalogs.spoken],
        chosen=await asked.read(topics.chosen),
        longest=topics.LONGEST,
        most=topics.MOST,
    )


async def keep_topics(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    offered = _topics(form, organisation.topics, organisation.catalogs.spoken)
    for (topic, language), mistake in topics.mistakes(offered).items():
        form.mistakes[_field(form, topic, language)] = mistake
    if not offered:
        form.mistakes[f"{_NEW}-en"] = "Offer at least one topic"
    if form.mistakes:
        return await show(asked)
    try:
        await asked.write(lambda tx: topics.put(tx, now, asked.colleague.id, organisation, offered))
    except topics.InUse:
        form.mistakes["gone"] = "Somebody has chosen that topic, so it must stay. You can change its words"
        return await show(asked)
    await asked.room.renew()
    return asked.back(_AT, done="settings_kept")


def _topics(form: Form, before: tuple[Topic, ...], languages: tuple[str, ...]) -> list[Topic]:
    """Those that were there, with the words they are to have, less those that are to go; and the new one."""
    gone = set(form.several("gone"))
    kept = [Topic(one.id, {**one.wording, **_wording(form, one.id, languages)}) for one in before if one.id not in gone]
    new = _wording(form, _NEW, languages)
    return [*kept, topics.named({"en": "", **new}, before)] if any(new.values()) else kept


def _wording(form: Form, name: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    return {tag: form.line(f"{name}-{tag}") for tag in languages}


def _field(form: Form, topic: str, language: str) -> str:
    """The field that these words came from; what was not there before came from the new one's."""
    field = f"{topic}-{language}"
    return field if field in form.fields else f"{_NEW}-{language}"


PAGES = (page(_AT, ADMINISTRATORS, get=show, post=keep_topics),)
