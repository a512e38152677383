"""What each kind of update becomes in our own words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.media import Media
from channels.message import Channel, Event, Incoming, Kind, Malformed, Reachability
from channels.telegram.inbound import group_of, read_update
from tests.channels.telegram_updates import (
    ASHA,
    BOT,
    CHAT,
    FILE,
    GROUP,
    PHOTO,
    QUESTION,
    WHEN,
    edited,
    moved,
    pressed,
    written,
)

THEN = datetime.fromtimestamp(WHEN, UTC)
PLAIN = Incoming(
    sender="telegram",
    channel=Channel.TELEGRAM,
    address="7001",
    provider_id="u900",
    message_id="7001:41",
    language_hint="en",
    sent_at=THEN,
)
PRESS = replace(
    PLAIN,
    kind=Kind.BUTTON,
    text="Not sure",
    payload="o2",
    callback_id="5550",
    quoted_id="7001:40",
    message_id=None,
    sent_at=None,
)
CARD = {"phone_number": "44 7700 900123", "first_name": "Asha", "user_id": 7001}
STICKER = FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
THREE_SIZES = [
    {"file_id": name, "file_unique_id": name, "width": size, "height": size}
    for name, size in (("small", 90), ("largest", 1280), ("middle", 320))
]
GONE = Reachability("telegram", Channel.TELEGRAM, "7001", "u900", open=False)


def sent(*pieces: Media) -> Incoming:
    """A message that is no words, and what of it can be opened."""
    return replace(PLAIN, kind=Kind.MEDIA, media=1, enclosed=pieces)


READ: list[tuple[str, dict[str, Any], tuple[Event, ...]]] = [
    ("words", written(text="Yes please"), (replace(PLAIN, text="Yes please"),)),
    ("start alone", written(text="/start"), (replace(PLAIN, text="/start"),)),
    (
        "start from a link",
        written(text="/start a_B-9"),
        (replace(PLAIN, text="/start a_B-9", start_code="a_B-9"),),
    ),
    (
        "start with our name",
        written(text="/start@AshdaleBot code1"),
        (replace(PLAIN, text="/start@AshdaleBot code1", start_code="code1"),),
    ),
    ("start with a sentence", written(text="/start me up"), (replace(PLAIN, text="/start me up"),)),
    (
        "an answer to one message",
        written(text="Yes", reply_to_message=QUESTION),
        (replace(PLAIN, text="Yes", quoted_id="7001:40"),),
    ),
    (
        "sent on from somebody",
        written(text="Look", forward_origin={"type": "hidden_user", "date": WHEN, "sender_user_name": "Ben"}),
        (replace(PLAIN, text="Look", forwarded=True),),
    ),
    (
        "no language",
        written(text="Hi", **{"from": ASHA | {"language_code": "pt-br"}}),
        (replace(PLAIN, text="Hi", language_hint="pt"),),
    ),
    (
        "language unknown",
        written(text="Hi", **{"from": BOT | {"id": 7001, "is_bot": False}}),
        (replace(PLAIN, text="Hi", language_hint=None),),
    ),
    (
        "an address past 32 bits",
        written(text="Hi", chat=CHAT | {"id": 2**51}),
        (replace(PLAIN, text="Hi", address=str(2**51), message_id=f"{2**51}:41"),),
    ),
    (
        "corrected words",
        edited(text="No, sorry"),
        (
            replace(
                PLAIN,
                kind=Kind.EDIT,
                text="No, sorry",
                edited_id="7001:41",
                sent_at=datetime.fromtimestamp(WHEN + 60, UTC),
            ),
        ),
    ),
    ("a live location moving", edited(location={"latitude": 51.5, "longitude": 0.1, "live_period": 900}), ()),
    ("a button", pressed(), (PRESS,)),
    ("a button we no longer know", pressed(data="o9"), (replace(PRESS, text="", payload="o9"),)),
    (
        "a button on a message too old to be shown",
        pressed(message={"chat": CHAT, "message_id": 40, "date": 0}),
        (replace(PRESS, text=""),),
    ),
    (
        "a game's button",
        {
            "update_id": 900,
            "callback_query": {
                "id": "1",
                "from": ASHA,
                "chat_instance": "1",
                "message": QUESTION,
                "game_short_name": "chess",
            },
        },
        (),
    ),
    ("a button in another chat", pressed(message=None, inline_message_id="zz"), ()),
    ("their own number", written(contact=CARD), (replace(PLAIN, kind=Kind.CONTACT, phone="+447700900123"),)),
    ("a friend's number", written(contact=CARD | {"user_id": 7002}), (replace(PLAIN, kind=Kind.CONTACT),)),
    (
        "a number nobody vouches for",
        written(contact={"phone_number": "+447700900123", "first_name": "Asha"}),
        (replace(PLAIN, kind=Kind.CONTACT),),
    ),
    ("a place", written(location={"latitude": 51.5, "longitude": 0.1}), (replace(PLAIN, kind=Kind.LOCATION),)),
    ("a picture", written(photo=PHOTO), (sent(Media("a", "image/jpeg")),)),
    ("a picture in three sizes", written(photo=THREE_SIZES), (sent(Media("largest", "image/jpeg")),)),
    (
        "a picture with words",
        written(photo=PHOTO, caption="My ramp"),
        (replace(sent(Media("a", "image/jpeg")), text="My ramp"),),
    ),
    ("a voice note", written(voice=FILE | {"duration": 4}), (sent(Media("a", "audio/ogg")),)),
    (
        "a voice note with its kind",
        written(voice=FILE | {"duration": 4, "mime_type": "audio/mp4"}),
        (sent(Media("a", "audio/mp4")),),
    ),
    ("a song", written(audio=FILE | {"duration": 4}), (sent(Media("a", "audio/mpeg")),)),
    (
        "a video",
        written(video=FILE | {"duration": 4, "width": 1, "height": 1, "mime_type": "video/3gpp"}),
        (sent(Media("a", "video/3gpp")),),
    ),
    (
        "a moving picture, which is a document too",
        written(animation=FILE | {"file_id": "moving", "duration": 4, "width": 1, "height": 1}, document=FILE),
        (sent(Media("moving", "video/mp4")),),
    ),
    ("a file", written(document=FILE), (sent(Media("a")),)),
    ("a file with a kind", written(document=FILE | {"mime_type": "a/b"}), (sent(Media("a", "a/b")),)),
    ("a file without end", written(document=FILE | {"file_id": "a" * 513}), (sent(),)),
    (
        "a round video",
        written(video_note=FILE | {"duration": 4, "length": 240}),
        (sent(Media("a", "video/mp4")),),
    ),
    (
        "a sticker",
        written(sticker=STICKER),
        (sent(Media("a", "image/webp")),),
    ),
    ("a sticker that moves", written(sticker=STICKER | {"is_animated": True}), (sent(Media("a")),)),
    (
        "a sticker that is a video",
        written(sticker=STICKER | {"is_video": True}),
        (sent(Media("a", "video/webm")),),
    ),
    (
        "something newer than the library",
        written(hologram={"file_id": "a"}),
        (sent(),),
    ),
    ("Telegram's own note", written(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}), ()),
    ("blocked", moved("kicked"), (GONE,)),
    ("unblocked", moved("member"), (replace(GONE, open=True),)),
    ("words in a group", written(text="Hello all", chat=GROUP), ()),
    ("a button in a group", pressed(message=QUESTION | {"chat": GROUP}), ()),
    ("added to a group", moved("member", GROUP), ()),
    ("a channel's post", {"update_id": 900, "channel_post": {"message_id": 1, "date": WHEN, "chat": GROUP}}, ()),
    (
        "an inline query",
        {"update_id": 900, "inline_query": {"id": "1", "from": ASHA, "query": "x", "offset": ""}},
        (),
    ),
    ("a kind nobody knows", {"update_id": 900, "telepathy": {"thought": 1}}, ()),
]


@pytest.mark.parametrize(("update", "expected"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_an_update_becomes_events(update: dict[str, Any], expected: tuple[Event, ...]) -> None:
    assert tuple(replace(event, raw="") for event in read_update(update)) == expected


def test_raw_is_the_update_compact_and_sorted() -> None:
    (event,) = read_update(written(text="Croeso — 你好"))
    assert json.loads(event.raw) == written(text="Croeso — 你好")
    assert event.raw.startswith('{"message":{"chat":{"first_name":"Asha","id":7001,"type":"private"}')
    assert "你好" in event.raw


UNREADABLE: list[tuple[str, dict[str, Any]]] = [
    ("no update_id", {"message": written(text="x")["message"]}),
    ("update_id is a word", written(text="x") | {"update_id": "900"}),
    ("update_id is true", written(text="x") | {"update_id": True}),
    ("message is a word", {"update_id": 900, "message": "hello"}),
    ("no chat", {"update_id": 900, "message": {"message_id": 1, "date": WHEN, "text": "x"}}),
    ("date is a word", written(text="x", date="today")),
    ("date is past all calendars", written(text="x", date=10**18)),
    ("half a character", written(text="\ud800")),
]


@pytest.mark.parametrize("update", [row[1] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_what_cannot_be_read_is_malformed(update: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as caught:
        read_update(update)
    assert "hello" not in str(caught.value)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from([row[1] for row in READ]), st.data())
def test_a_spoilt_update_is_read_or_malformed_and_nothing_else(update: dict[str, Any], data: st.DataObject) -> None:
    spoilt = json.loads(json.dumps(update))
    place = spoilt
    while True:
        name = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[name], dict) or not place[name] or data.draw(st.booleans()):
            place[name] = data.draw(anything)
            break
        place = place[name]
    try:
        events = read_update(spoilt)
    except Malformed:
        return
    assert isinstance(events, tuple)


GROUPS: list[tuple[str, dict[str, Any], str | None]] = [
    ("words in a group", written(text="Hello all", chat=GROUP), "-100500"),
    ("added to a group", moved("member", GROUP), "-100500"),
    ("made to run a channel", moved("administrator", GROUP | {"type": "channel"}), "-100500"),
    ("already out of it", moved("left", GROUP), None),
    ("words in private", written(text="Hello"), None),
    ("unblocked in private", moved("member"), None),
    ("a press", pressed(), None),
    ("a kind nobody knows", {"update_id": 900, "telepathy": {"thought": 1}}, None),
]


@pytest.mark.parametrize(("update", "expected"), [row[1:] for row in GROUPS], ids=[row[0] for row in GROUPS])
def test_groups_to_leave_are_named(update: dict[str, Any], expected: str | None) -> None:
    assert group_of(update) == expected
