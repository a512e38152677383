import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.media import Media
from channels.message import Channel, Concern, Forged, Incoming, Kind, Malformed, Poison, Receipt, Request, Status
from channels.twilio.form import _pairs
from tests.channels.twilio_posts import (
    ACCOUNT,
    MESSAGE_PATH,
    PUBLIC_URL,
    SMS,
    make_adapter,
    message_post,
    post,
    receipt_post,
    sign,
    whatsapp_post,
)


def read(request: Request) -> Incoming:
    (event,) = make_adapter().parse(request)
    assert isinstance(event, Incoming)
    return event


def read_receipt(request: Request) -> Receipt:
    (event,) = make_adapter().parse(request)
    assert isinstance(event, Receipt)
    return event


MEDIA = f"/2010-04-01/Accounts/{ACCOUNT.account_sid}/Messages/MM1/Media/ME"
AT_TWILIO = "https://api.twilio.com" + MEDIA


def with_media(*pieces: tuple[str, str]) -> Request:
    """A WhatsApp message with these pieces: the address and the content type of each."""
    named = {"NumMedia": str(len(pieces)), "Body": ""}
    for number, (url, kind) in enumerate(pieces):
        named |= {f"MediaUrl{number}": url, f"MediaContentType{number}": kind}
    return whatsapp_post(**named)


ENCLOSED = [
    ("a voice note", with_media((AT_TWILIO + "1", "audio/ogg")), (Media(MEDIA + "1", "audio/ogg"),)),
    (
        "two pictures",
        with_media((AT_TWILIO + "1", "image/jpeg"), (AT_TWILIO + "2", "image/png")),
        (Media(MEDIA + "1", "image/jpeg"), Media(MEDIA + "2", "image/png")),
    ),
    ("no kind", whatsapp_post(NumMedia="1", MediaUrl0=AT_TWILIO + "1"), (Media(MEDIA + "1"),)),
    ("a number and no address", whatsapp_post(NumMedia="1"), ()),
    ("an address and no number", whatsapp_post(MediaUrl0=AT_TWILIO + "1"), ()),
    (
        "more than there can be",
        with_media(*[(AT_TWILIO + "1", "image/png")] * 12),
        (Media(MEDIA + "1", "image/png"),) * 10,
    ),
    (
        "one of them elsewhere",
        with_media((f"https://example.org{MEDIA}1", "image/png"), (AT_TWILIO + "2", "image/png")),
        (Media(MEDIA + "2", "image/png"),),
    ),
    *(
        (why, with_media((url, "audio/ogg")), ())
        for why, url in (
            ("another host", f"https://api.twilio.com.example.org{MEDIA}1"),
            ("a host behind a name", f"https://api.twilio.com@example.org{MEDIA}1"),
            ("a host behind a backslash", f"https://api.twilio.com\\@example.org{MEDIA}1"),
            ("our own machine", f"http://127.0.0.1{MEDIA}1"),
            ("another port", f"https://api.twilio.com:8443{MEDIA}1"),
            ("a port that is none", f"https://api.twilio.com:port{MEDIA}1"),
            ("in the clear", f"http://api.twilio.com{MEDIA}1"),
            ("a file", f"file://api.twilio.com{MEDIA}1"),
            ("another account", AT_TWILIO.replace("AC0", "AC1") + "1"),
            ("no media", "https://api.twilio.com/2010-04-01/Accounts.json"),
            ("a way out of it", f"{AT_TWILIO}1/../../../../Messages.json"),
            ("a way out in code", f"{AT_TWILIO}1%2F..%2F..%2FMessages"),
            ("brackets", "https://[api.twilio.com"),
            ("nothing", ""),
        )
    ),
]


@pytest.mark.parametrize(("request_", "expected"), [row[1:] for row in ENCLOSED], ids=[row[0] for row in ENCLOSED])
def test_what_can_be_opened_lies_at_twilio_and_is_ours(request_, expected):
    assert read(request_).enclosed == expected


def test_media_lies_at_the_api_that_the_settings_name_too():
    regional = replace(ACCOUNT, api_base_url="https://api.ireland.example:8443/")
    for host in ("https://api.ireland.example:8443", "https://api.twilio.com"):
        (event,) = make_adapter(regional).parse(with_media((f"{host}{MEDIA}1", "audio/ogg")))
        assert event.enclosed == (Media(MEDIA + "1", "audio/ogg"),)


BUSINESS_SCOPED = "whatsapp:GB." + "a" * 128
META_LIST = {"type": "list_reply", "list_reply": {"id": "choice:3", "title": "Oak Hall", "description": "by Aldi"}}
META_BUTTON = {"interactive": {"type": "button_reply", "button_reply": {"id": "choice:1", "title": "Yes"}}}

MESSAGES = [
    ("a text", message_post(), {"sender": "sms", "channel": Channel.SMS, "kind": Kind.TEXT, "text": "Yes please"}),
    (
        "its ends",
        message_post(),
        {"address": "+447700900123", "phone": "+447700900123", "provider_id": "SM" + "1" * 32},
    ),
    (
        "nothing more",
        message_post(),
        {"payload": None, "media": 0, "opt_out": None, "quoted_id": None, "forwarded": False},
    ),
    (
        "to the letter",
        message_post(Body="  Yes\r\n\tplease \u200b+&=% 👍🏽 "),
        {"text": "  Yes\r\n\tplease \u200b+&=% 👍🏽 "},
    ),
    ("no words at all", message_post(Body=""), {"text": "", "kind": Kind.TEXT}),
    ("a short code", message_post(From="85258"), {"address": "85258", "phone": None}),
    ("a name as sender", message_post(From="AshdaleGP"), {"address": "AshdaleGP", "phone": None}),
    ("pictures", message_post(Body="", NumMedia="2"), {"kind": Kind.MEDIA, "media": 2}),
    ("a picture with words", message_post(NumMedia="1"), {"kind": Kind.MEDIA, "text": "Yes please"}),
    ("no NumMedia", post(MESSAGE_PATH, {k: v for k, v in SMS.items() if k != "NumMedia"}), {"media": 0}),
    ("a place", whatsapp_post(Body="", Latitude="53.0", Longitude="-1.1"), {"kind": Kind.LOCATION}),
    ("WhatsApp", whatsapp_post(), {"sender": "whatsapp", "channel": Channel.WHATSAPP, "address": "+447700900123"}),
    ("its number", whatsapp_post(), {"phone": "+447700900123"}),
    ("no phone number", whatsapp_post(From=BUSINESS_SCOPED), {"address": "GB." + "a" * 128, "phone": None}),
    ("a second name", whatsapp_post(ExternalUserId="GB.abc"), {"address": "+447700900123"}),
    ("a quick reply", whatsapp_post(ButtonPayload="y:7", ButtonText="Yes"), {"kind": Kind.BUTTON, "payload": "y:7"}),
    ("what it said", whatsapp_post(Body="", ButtonPayload="y:7", ButtonText="Yes"), {"text": "Yes"}),
    ("a list row", whatsapp_post(Body="", ListId="p:2", ListTitle="Oak Hall"), {"payload": "p:2", "text": "Oak Hall"}),
    ("a button before a list", whatsapp_post(ButtonPayload="a", ListId="b"), {"payload": "a"}),
    ("a list before JSON", whatsapp_post(ListId="b", InteractiveData=json.dumps(META_LIST)), {"payload": "b"}),
    (
        "a row in JSON",
        whatsapp_post(InteractiveData=json.dumps(META_LIST)),
        {"kind": Kind.BUTTON, "payload": "choice:3"},
    ),
    (
        "a button in JSON",
        whatsapp_post(Body="", InteractiveData=json.dumps(META_BUTTON)),
        {"payload": "choice:1", "text": "Yes"},
    ),
    ("plain JSON", whatsapp_post(InteractiveData='{"id": "x"}'), {"payload": "x"}),
    ("JSON of something else", whatsapp_post(InteractiveData='{"a": [1]}'), {"kind": Kind.TEXT, "payload": None}),
    ("a list as JSON", whatsapp_post(InteractiveData='["id"]'), {"payload": None}),
    ("broken JSON", whatsapp_post(InteractiveData="{"), {"kind": Kind.TEXT, "payload": None}),
    ("bottomless JSON", whatsapp_post(InteractiveData="[" * 100_000), {"kind": Kind.TEXT, "payload": None}),
    ("a number for an id", whatsapp_post(InteractiveData='{"id": 3}'), {"payload": None}),
    ("STOP, answered already", message_post(Body="stop", OptOutType="STOP"), {"opt_out": "STOP", "text": "stop"}),
    ("START", message_post(OptOutType="START"), {"opt_out": "START"}),
    ("HELP", message_post(OptOutType="help"), {"opt_out": "HELP"}),
    ("a keyword we do not know", message_post(OptOutType="MAYBE"), {"opt_out": None}),
    ("an empty keyword", message_post(OptOutType=""), {"opt_out": None}),
    ("an answer to a message", whatsapp_post(OriginalRepliedMessageSid="SM9"), {"quoted_id": "SM9"}),
    ("passed on", whatsapp_post(Forwarded="true"), {"forwarded": True}),
    ("passed on often", whatsapp_post(FrequentlyForwarded="True"), {"forwarded": True}),
    ("not passed on", whatsapp_post(Forwarded="false"), {"forwarded": False}),
]


@pytest.mark.parametrize(("request_", "expected"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES])
def test_what_a_person_sent(request_, expected):
    event = read(request_)
    assert {name: getattr(event, name) for name in expected} == expected


def test_everything_that_came_is_kept_as_it_came():
    kept = read(whatsapp_post(ExternalUserId="GB.abc", NewParameter="2027")).raw
    assert json.loads(kept)["ExternalUserId"] == "GB.abc"
    assert json.loads(kept)["NewParameter"] == "2027"
    assert json.loads(kept)["FromCity"] == ""
    assert list(json.loads(kept)) == sorted(json.loads(kept))


@given(st.text(alphabet="ab=&+%2Cé;c3 A9", max_size=40))
def test_a_form_reads_as_the_standard_library_reads_it(text):
    assert dict(_pairs(text, "replace")) == parse_qs(text, keep_blank_values=True)


def test_a_get_carries_its_parameters_in_the_address():
    path = f"{MESSAGE_PATH}?AccountSid=AC{'0' * 32}&MessageSid=SM1&From=%2B447700900123&Body=Yes+%C3%A9&FromCity="
    event = read(Request("GET", path, {"x-twilio-signature": sign(PUBLIC_URL + path)}, b""))
    assert (event.address, event.text) == ("+447700900123", "Yes é")


RECEIPTS = [
    ("accepted", Status.ACCEPTED),
    ("scheduled", Status.ACCEPTED),
    ("queued", Status.ACCEPTED),
    ("sending", Status.ACCEPTED),
    ("sent", Status.SENT),
    ("delivered", Status.DELIVERED),
    ("read", Status.READ),
    ("failed", Status.FAILED),
    ("undelivered", Status.FAILED),
    ("canceled", Status.CANCELED),
]


@pytest.mark.parametrize(("word", "status"), RECEIPTS)
def test_what_became_of_a_message(word, status):
    got = read_receipt(receipt_post(MessageStatus=word))
    assert (got.sender, got.provider_id, got.status, got.token) == ("sms", "SM" + "2" * 32, status, "tok_1")
    assert got.problem is None
    assert json.loads(got.raw)["MessageStatus"] == word


def test_a_failure_says_what_it_concerns():
    problem = read_receipt(receipt_post(MessageStatus="undelivered", ErrorCode="30005")).problem
    assert problem is not None
    assert (problem.code, problem.concern) == ("30005", Concern.ADDRESS)


@pytest.mark.parametrize("code", ["", "0"])
def test_a_code_that_says_nothing_is_no_problem(code):
    assert read_receipt(receipt_post(ErrorCode=code)).problem is None


def test_a_receipt_for_whatsapp():
    got = read_receipt(receipt_post(From="whatsapp:+447700900457", To="whatsapp:GB.abc", MessageStatus="read"))
    assert got.sender == "whatsapp"


@pytest.mark.parametrize(
    ("query", "token"), [("?t=a%2Fb%20c", "a/b c"), ("?x=1&t=tok", "tok"), ("", None), ("?t=", None), ("?u=1", None)]
)
def test_our_own_token_comes_back_in_the_address(query, token):
    assert read_receipt(receipt_post("/webhooks/twilio/status" + query)).token == token


UNREADABLE = [
    ("no MessageSid", message_post(MessageSid="")),
    ("an endless MessageSid", message_post(MessageSid="S" * 65)),
    ("no From", message_post(From="")),
    ("no From but a channel", message_post(From="whatsapp:")),
    ("an endless From", message_post(From="+" + "4" * 140)),
    ("a channel that we do not speak", message_post(From="messenger:123")),
    ("NumMedia in words", message_post(NumMedia="two")),
    ("NumMedia in other digits", message_post(NumMedia="٣")),
    ("NumMedia below zero", message_post(NumMedia="-1")),
    ("NumMedia beyond reason", message_post(NumMedia="9" * 5000)),
    ("a repeated parameter", post(MESSAGE_PATH, [*SMS.items(), ("Body", "No thanks")])),
    ("the same twice", post(MESSAGE_PATH, [*SMS.items(), ("Body", "Yes please")])),
    ("a status that we do not know", receipt_post(MessageStatus="lost")),
    ("an incoming status", receipt_post(MessageStatus="received")),
    ("no status", receipt_post(MessageStatus="")),
]
NOT_OURS = [
    ("no such webhook", post("/webhooks/twilio/fax", SMS)),
    ("a slash too many", post(MESSAGE_PATH + "/", SMS)),
    ("calls are answered elsewhere", post("/webhooks/twilio/voice", SMS)),
]


@pytest.mark.parametrize("request_", [row[1] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_what_is_genuine_and_cannot_be_read_is_poison(request_):
    """Twilio would not say it better the next time: it is kept."""
    with pytest.raises(Poison) as caught:
        make_adapter().parse(request_)
    assert "44" not in str(caught.value)


@pytest.mark.parametrize("request_", [row[1] for row in NOT_OURS], ids=[row[0] for row in NOT_OURS])
def test_what_comes_to_another_path_is_malformed(request_):
    with pytest.raises(Malformed) as caught:
        make_adapter().parse(request_)
    assert not isinstance(caught.value, Poison)


def test_another_accounts_message_is_forged():
    with pytest.raises(Forged):
        make_adapter().parse(message_post(AccountSid="AC" + "9" * 32))
