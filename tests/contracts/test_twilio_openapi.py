"""Every kind of request we make, against Twilio's own description of its API."""

import dataclasses
from urllib.parse import parse_qsl

import pytest

from channels.message import Accepted, Channel, Message, Option
from channels.transport import Answer, Transport
from channels.twilio import TwilioAccount
from tests.channels.twilio_posts import ACCOUNT, make_adapter

pytestmark = pytest.mark.node

SERVICE = "MG" + "0" * 32
BUTTONS = {"quick-reply-3": "HX" + "3" * 32, "list-picker-10": "HX" + "1" * 32}
OPTIONS = tuple(Option(f"p:{number}", f"Choice {number}") for number in range(10))

SMS = Message("tok_1", "sms", Channel.SMS, "+447700900123", "Are you coming? £5 & café 👍🏽")
WHATSAPP = dataclasses.replace(SMS, sender="whatsapp", channel=Channel.WHATSAPP, in_window=True)
WITH_SERVICE = dataclasses.replace(ACCOUNT, messaging_service_sid=SERVICE)
WITH_TEMPLATES = dataclasses.replace(ACCOUNT, content_templates=BUTTONS)

REQUESTS = [
    ("sms", SMS, ACCOUNT),
    ("sms with choices", dataclasses.replace(SMS, options=OPTIONS[:3]), ACCOUNT),
    ("sms through a service", SMS, dataclasses.replace(WITH_SERVICE, sms_from="")),
    ("sms through a service, from a number", SMS, WITH_SERVICE),
    ("sms with an API key", SMS, dataclasses.replace(ACCOUNT, api_key="SK" + "0" * 32, api_secret="secret")),
    ("whatsapp", WHATSAPP, ACCOUNT),
    ("whatsapp without a phone number", dataclasses.replace(WHATSAPP, address="GB.abc"), ACCOUNT),
    ("whatsapp through a service", WHATSAPP, WITH_SERVICE),
    ("whatsapp buttons", dataclasses.replace(WHATSAPP, options=OPTIONS[:3]), WITH_TEMPLATES),
    ("whatsapp list", dataclasses.replace(WHATSAPP, options=OPTIONS), WITH_TEMPLATES),
]


class Listening(Transport):
    """Sends for real, and keeps the forms."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []

    async def call(self, method, url, *, headers=None, body=None, timeout) -> Answer:
        self.forms.append(dict(parse_qsl(body.decode(), keep_blank_values=True)))
        return await super().call(method, url, headers=headers, body=body, timeout=timeout)


@pytest.fixture
async def transport():
    transport = Listening()
    yield transport
    await transport.close()


def at(prism, account: TwilioAccount) -> TwilioAccount:
    return dataclasses.replace(account, api_base_url=prism.url)


def known_parameters(prism) -> set[str]:
    create = prism.description["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
    return set(create["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"])


@pytest.mark.parametrize(("message", "account"), [row[1:] for row in REQUESTS], ids=[row[0] for row in REQUESTS])
async def test_twilios_description_takes_what_we_send(prism, transport, message, account):
    result = await make_adapter(at(prism, account), transport).send(message)
    assert isinstance(result, Accepted)
    assert result.provider_id.startswith("SM")
    (form,) = transport.forms  # Prism lets unknown parameters pass
    assert set(form) <= known_parameters(prism)


WRONG = [
    ("an account that is none", SMS, dataclasses.replace(ACCOUNT, account_sid="AC1")),
    ("a service that is none", SMS, dataclasses.replace(WITH_SERVICE, messaging_service_sid="MG1")),
    (
        "a template that is none",
        dataclasses.replace(WHATSAPP, options=OPTIONS[:3]),
        dataclasses.replace(ACCOUNT, content_templates={"quick-reply-3": "HX1"}),
    ),
]


@pytest.mark.parametrize(("message", "account"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
async def test_twilios_description_refuses_what_is_wrong(prism, transport, message, account):
    result = await make_adapter(at(prism, account), transport).send(message)
    assert not isinstance(result, Accepted)
    assert len(transport.forms) == 1
