import dataclasses
import hashlib
import random
from urllib.parse import parse_qsl

import pytest

from channels.message import Forged, Incoming, Malformed, Request
from channels.twilio.signature import Form, Signatures, same_body
from tests.channels.twilio_posts import (
    ACCOUNT,
    FORM,
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

# Twilio's published example, and the cases in the tests of its own library.
CALL = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "To": "+18005551212"}
FIRST = CALL | {"Caller": "+14158675310", "From": "+14158675310"}
SECOND = CALL | {"Caller": "+14158675309", "From": "+14158675309"}
PATH = "/myapp.php?foo=1&bar=2"
REPEATS = [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
BODY = b'{"property": "value", "boolean": true}'
HASHED = PATH + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"

# Shaped like our own messages, worked out by hand from the rules.
HUB = "https://hub.example.org.uk"
TEXT = {
    "MessageSid": "SM" + "0" * 31 + "1",
    "AccountSid": "AC" + "0" * 32,
    "From": "+447700900123",
    "To": "+447700900456",
    "Body": "Yes  please 👍🏽 & café + 1",
    "NumMedia": "0",
    "NumSegments": "1",
}
QUERY = "/webhooks/twilio/sms?tenant=a%20b&x=1"

VECTORS = [
    ("1", "https://example.com", PATH, FIRST, "12345", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
    ("2", "https://mycompany.com", PATH, SECOND, "12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("3, the port added", "https://mycompany.com", PATH, SECOND, "12345", "kvajT1Ptam85bY51eRf/AJRuM3w="),
    ("3, the port configured", "https://mycompany.com:443", PATH, SECOND, "12345", "kvajT1Ptam85bY51eRf/AJRuM3w="),
    ("2, the port dropped", "https://mycompany.com:443", PATH, SECOND, "12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("4, http", "http://mycompany.com", PATH, SECOND, "12345", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
    ("5, http without a port", "http://mycompany.com", PATH, SECOND, "12345", "OyGYPqTF6ztdbRNCvuQO/oPvqQ4="),
    ("6, a port of its own", "https://mycompany.com:1234", PATH, SECOND, "12345", "CYn1h0gLBdNxDGkKJg6hYohgeD8="),
    ("6, the port dropped", "https://mycompany.com:1234", PATH, SECOND, "12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("7, names repeated", "https://mycompany.com", PATH, REPEATS, "12345", "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
    ("8, a body that is no form", "https://mycompany.com", HASHED, {}, "12345", "a9nBmqA0ju/hNViExpshrM61xv4="),
    ("a text", HUB, "/webhooks/twilio/sms", TEXT, "test-token-1", "ZASpxkiJYLkaL0AkD/n52szUvCg="),
    (
        "blanks and a query",
        HUB,
        QUERY,
        TEXT | {"Body": "", "OptOutType": ""},
        "test-token-1",
        "vTJpCtLOTJMUTLzNloRo7YO91pE=",
    ),
    (
        "the fragment is not signed",
        "https://mycompany.com",
        PATH + "#rc=3",
        SECOND,
        "12345",
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    ),
    ("a slash at the end", "https://mycompany.com/", PATH, SECOND, "12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
]


def form_of(pairs) -> Form:
    form = Form()
    for name, value in pairs.items() if isinstance(pairs, dict) else pairs:
        form.setdefault(name, []).append(value)
    return form


@pytest.mark.parametrize(
    ("base", "path", "pairs", "token", "signature"), [row[1:] for row in VECTORS], ids=[row[0] for row in VECTORS]
)
def test_promise_27_every_known_signature_is_accepted(base, path, pairs, token, signature):
    assert Signatures(base, [token]).genuine(signature, path, form_of(pairs))


RIGHT = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
WRONG = [
    ("a byte changed", "https://mycompany.com", PATH, SECOND | {"Digits": "1235"}, RIGHT),
    ("a parameter removed", "https://mycompany.com", PATH, {k: v for k, v in SECOND.items() if k != "To"}, RIGHT),
    ("a parameter added", "https://mycompany.com", PATH, SECOND | {"Extra": "1"}, RIGHT),
    ("a blank parameter added", "https://mycompany.com", PATH, SECOND | {"Extra": ""}, RIGHT),
    (
        "a name in another case",
        "https://mycompany.com",
        PATH,
        CALL | {"caller": "+14158675309", "From": "+14158675309"},
        RIGHT,
    ),
    ("lower case", "https://mycompany.com", PATH, SECOND, RIGHT.lower()),
    ("the right length", "https://mycompany.com", PATH, SECOND, "A" * 27 + "="),
    ("cut short", "https://mycompany.com", PATH, SECOND, RIGHT[:-1]),
    ("a space after it", "https://mycompany.com", PATH, SECOND, RIGHT + " "),
    ("empty", "https://mycompany.com", PATH, SECOND, ""),
    ("not ASCII", "https://mycompany.com", PATH, SECOND, "é" * 14),
    ("half a character", "https://mycompany.com", PATH, SECOND, "\udcff" + RIGHT),
    ("half a character in the path", "https://mycompany.com", PATH + "\udcff", SECOND, RIGHT),
    ("another port", "https://mycompany.com:8443", PATH, SECOND, "CYn1h0gLBdNxDGkKJg6hYohgeD8="),
    ("another scheme", "http://mycompany.com", PATH, SECOND, RIGHT),
    ("another host", "https://mycompany.co", PATH, SECOND, RIGHT),
    (
        "the query decoded",
        HUB,
        "/webhooks/twilio/sms?tenant=a b&x=1",
        TEXT | {"Body": "", "OptOutType": ""},
        "vTJpCtLOTJMUTLzNloRo7YO91pE=",
    ),
    ("the query turned round", "https://mycompany.com", "/myapp.php?bar=2&foo=1", SECOND, RIGHT),
    ("a query added", "https://mycompany.com", PATH + "&x", SECOND, RIGHT),
    ("signed without the hash", "https://mycompany.com", HASHED, {}, sign("https://mycompany.com" + PATH, (), "12345")),
]


@pytest.mark.parametrize(
    ("base", "path", "pairs", "signature"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_promise_27_what_was_not_signed_is_refused(base, path, pairs, signature):
    signatures = Signatures(base, ["12345", "test-token-1"])
    assert not signatures.genuine(signature, path, form_of(pairs))


def test_another_token_is_refused():
    assert not Signatures("https://mycompany.com", ["12346"]).genuine(RIGHT, PATH, form_of(SECOND))


def test_no_token_accepts_nothing():
    unsigned = sign("https://mycompany.com" + PATH, SECOND, "")
    assert not Signatures("https://mycompany.com", ["", ""]).genuine(unsigned, PATH, form_of(SECOND))


def test_the_hash_of_a_body():
    assert same_body(HASHED, BODY)
    assert not same_body(HASHED, BODY + b" ")
    assert not same_body(PATH, BODY)
    assert not same_body(PATH + "&bodySHA256=\udcff", BODY)


# Whole requests.


def json_post(body: bytes = BODY, hashed: bytes = BODY, signature: str | None = None) -> Request:
    path = f"{MESSAGE_PATH}?bodySHA256={hashlib.sha256(hashed).hexdigest()}"
    headers = {"content-type": "application/json", "x-twilio-signature": signature or sign(PUBLIC_URL + path)}
    return Request("POST", path, headers, body)


def unsigned(body: bytes) -> Request:
    return Request("POST", MESSAGE_PATH, {"content-type": FORM}, body)


def not_utf8(signature: str) -> Request:
    return Request("POST", MESSAGE_PATH, {"content-type": FORM, "x-twilio-signature": signature}, b"Body=%FF")


FORGED = [
    ("no signature", unsigned(message_post().body)),
    ("an empty signature", post(MESSAGE_PATH, SMS, x_twilio_signature="")),
    ("no signature, and no form either", unsigned(b"\xff\xfe")),
    ("a wrong signature, and no form either", not_utf8(sign(PUBLIC_URL + MESSAGE_PATH))),
    ("another token", post(MESSAGE_PATH, SMS, token="test-token-2")),
    ("another host", post(MESSAGE_PATH, SMS, base="https://evil.example.org")),
    ("the internal address", post(MESSAGE_PATH, SMS, base="http://internal:8000")),
    ("a wrong hash", json_post(BODY + b" ")),
    ("signed without the hash", json_post(signature=sign(PUBLIC_URL + MESSAGE_PATH))),
    (
        "JSON without a hash",
        dataclasses.replace(json_post(signature=sign(PUBLIC_URL + MESSAGE_PATH)), path=MESSAGE_PATH),
    ),
    ("a form said to be text", post(MESSAGE_PATH, SMS, content_type="text/plain")),
    ("another path", dataclasses.replace(message_post(), path="/webhooks/twilio/status")),
    ("another method", dataclasses.replace(message_post(), method="GET")),
]


@pytest.mark.parametrize("request_", [row[1] for row in FORGED], ids=[row[0] for row in FORGED])
def test_promise_27_a_request_that_is_not_twilios_is_forged(request_):
    with pytest.raises(Forged):
        make_adapter().parse(request_)


GENUINE = [
    ("today's token", message_post()),
    ("yesterday's token", post(MESSAGE_PATH, SMS, token="test-token-0")),
    ("the port added", post(MESSAGE_PATH, SMS, base=PUBLIC_URL + ":443")),
    ("a query", post(MESSAGE_PATH + "?tenant=a%20b&x=1", SMS)),
    ("a charset", post(MESSAGE_PATH, SMS, content_type=FORM + "; charset=UTF-8")),
    ("in capitals", post(MESSAGE_PATH, SMS, content_type=FORM.upper())),
]


@pytest.mark.parametrize("request_", [row[1] for row in GENUINE], ids=[row[0] for row in GENUINE])
def test_a_genuine_request_is_read(request_):
    (event,) = make_adapter().parse(request_)
    assert isinstance(event, Incoming)


def test_behind_a_proxy_the_configured_address_counts():
    account = dataclasses.replace(ACCOUNT, public_url="https://ashdale.example.org:8443/heard/")
    request = post(MESSAGE_PATH, SMS, base="https://ashdale.example.org:8443/heard")
    assert request.headers["host"] == "internal:8000"
    assert make_adapter(account).parse(request)


def test_a_genuine_body_that_is_no_form_is_malformed():
    with pytest.raises(Malformed):
        make_adapter().parse(json_post())


def test_a_genuine_form_that_is_not_utf8_is_malformed():
    with pytest.raises(Malformed):
        make_adapter().parse(not_utf8(sign(PUBLIC_URL + MESSAGE_PATH, {"Body": "\ufffd"})))


# Ten thousand forgeries.

GENUINE_POSTS = [message_post(Body="Yes, 2 of us 👍🏽"), whatsapp_post(ButtonPayload="y:7"), receipt_post()]


def mutate(request: Request, random_: random.Random) -> Request:
    """The same request with one thing changed somewhere that is signed, or in the signature."""
    what = random_.choice(("body", "body", "drop", "add", "path", "signature", "token", "cut"))
    headers = dict(request.headers)
    pairs = parse_qsl(request.body.decode(), keep_blank_values=True)
    if what == "body":
        return dataclasses.replace(request, body=_other_byte(request.body, random_))
    if what == "cut":
        return dataclasses.replace(request, body=request.body[: random_.randrange(1, len(request.body))])
    if what == "path":
        return dataclasses.replace(request, path=_other_byte(request.path.encode(), random_).decode("latin-1"))
    if what == "drop":
        pairs.pop(random_.randrange(len(pairs)))
        return _with_pairs(request, pairs)
    if what == "add":
        pairs.append((random_.choice(("Body2", "Extra", "OptOutType")), random_.choice(("", "STOP", "1"))))
        return _with_pairs(request, pairs)
    if what == "token":
        headers["x-twilio-signature"] = sign(PUBLIC_URL + request.path, pairs, f"guess-{random_.random()}")
    else:
        headers["x-twilio-signature"] = _other_byte(headers["x-twilio-signature"].encode(), random_).decode("latin-1")
    return dataclasses.replace(request, headers=headers)


def _with_pairs(request: Request, pairs) -> Request:
    return post(request.path, pairs, x_twilio_signature=request.headers["x-twilio-signature"])


def _other_byte(data: bytes, random_: random.Random) -> bytes:
    place = random_.randrange(len(data))
    return data[:place] + bytes([data[place] ^ random_.randrange(1, 256)]) + data[place + 1 :]


def says_the_same(one: Request, other: Request) -> bool:
    """Whether nothing that is signed differs, as when %2B became %2b."""
    return signed_parts(one) == signed_parts(other)


def signed_parts(request: Request) -> tuple[object, ...]:
    pairs = parse_qsl(request.body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    return request.path.partition("#")[0], request.headers["x-twilio-signature"], pairs


def test_promise_27_ten_thousand_forgeries_and_none_passes():
    random_ = random.Random(27)
    adapter = make_adapter()
    assert all(adapter.parse(request) for request in GENUINE_POSTS)
    tried = 0
    while tried < 10_000:
        genuine = random_.choice(GENUINE_POSTS)
        forgery = mutate(genuine, random_)
        if says_the_same(forgery, genuine):
            continue
        tried += 1
        with pytest.raises(Forged):
            adapter.parse(forgery)
