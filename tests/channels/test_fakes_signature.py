"""Twilio's published signature vectors and our own, on the fake's own signing code."""

from __future__ import annotations

import pytest

from channels.fakes.signature import sign, with_body_hash

BASE = "mycompany.com"
REST = "/myapp.php?foo=1&bar=2"
CALL = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
EXAMPLE = {**CALL, "Caller": "+14158675310", "From": "+14158675310"}
REPEATED = [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
SMS = {
    "MessageSid": "SM00000000000000000000000000000001",
    "AccountSid": "AC00000000000000000000000000000000",
    "From": "+447700900123",
    "To": "+447700900456",
    "Body": "Yes  please \U0001f44d\U0001f3fd & caf\u00e9 + 1",
    "NumMedia": "0",
    "NumSegments": "1",
}
EMPTY = {**SMS, "Body": "", "OptOutType": ""}
HUB = "https://hub.example.org.uk/webhooks/twilio/sms"

VECTORS = [
    ("the documented example", "12345", f"https://example.com{REST}", EXAMPLE, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
    ("the library's", "12345", f"https://{BASE}{REST}", CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("with 443", "12345", f"https://{BASE}:443{REST}", CALL, "kvajT1Ptam85bY51eRf/AJRuM3w="),
    ("http with 80", "12345", f"http://{BASE}:80{REST}", CALL, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
    ("http", "12345", f"http://{BASE}{REST}", CALL, "OyGYPqTF6ztdbRNCvuQO/oPvqQ4="),
    ("with 1234", "12345", f"https://{BASE}:1234{REST}", CALL, "CYn1h0gLBdNxDGkKJg6hYohgeD8="),
    ("repeats", "12345", f"https://{BASE}{REST}", REPEATED, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
    ("words and signs", "test-token-1", HUB, SMS, "ZASpxkiJYLkaL0AkD/n52szUvCg="),
    ("empty values", "test-token-1", f"{HUB}?tenant=a%20b&x=1", EMPTY, "vTJpCtLOTJMUTLzNloRo7YO91pE="),
    ("a fragment is left out", "test-token-1", f"{HUB}#rc=3&rp=all", SMS, "ZASpxkiJYLkaL0AkD/n52szUvCg="),
]


@pytest.mark.parametrize(("_label", "token", "url", "pairs", "expected"), VECTORS, ids=[row[0] for row in VECTORS])
def test_vector(_label, token, url, pairs, expected):
    assert sign(token, url, pairs.items() if isinstance(pairs, dict) else pairs) == expected


def test_another_body_is_signed_through_its_hash():
    url = with_body_hash(f"https://{BASE}{REST}", b'{"property": "value", "boolean": true}')
    assert url.endswith("&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620")
    assert sign("12345", url) == "a9nBmqA0ju/hNViExpshrM61xv4="
