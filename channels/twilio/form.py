"""A request's parameters, before and after we know that it is genuine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import unquote

from channels.message import Forged, Poison, Request
from channels.twilio.signature import Form, Signatures, same_body

SIGNATURE_HEADER = "x-twilio-signature"
FORM_TYPE = "application/x-www-form-urlencoded"


def genuine_parameters(request: Request, signatures: Signatures) -> Mapping[str, str]:
    """The parameters of a request that carries a right signature.

    A GET is signed over its URL alone, a form over the URL and every parameter, any other body over
    the URL, which then carries the body's hash. Raises Forged; Poison when the signature is right
    and the parameters cannot be read all the same.
    """
    signature = request.headers.get(SIGNATURE_HEADER, "")
    body = request.body if request.method != "GET" else b""
    is_form = not body or request.headers.get("content-type", FORM_TYPE).lower().startswith(FORM_TYPE)
    if not signature or not (is_form or same_body(request.path, body)):
        raise Forged
    form, clean = _read(body) if is_form else (Form(), False)
    if not signatures.genuine(signature, request.path, form):
        raise Forged
    if request.method == "GET":
        form, clean = _read(request.path.partition("#")[0].partition("?")[2].encode("utf-8"))
    if not clean:
        raise Poison("not a form in UTF-8")
    return _single(form)


def kept_parameters(raw: str, query: str) -> Mapping[str, str]:
    """The parameters of what was kept: a form, our own JSON of them, or the query of a GET. Raises Poison."""
    if raw.startswith("{"):
        return _from_json(raw)
    form, clean = _read((raw or query).encode())
    if not form or not clean:
        raise Poison("not a form in UTF-8")
    return _single(form)


def _from_json(raw: str) -> Mapping[str, str]:
    try:
        parameters = json.loads(raw)
    except (ValueError, RecursionError):
        raise Poison("not JSON") from None
    if not all(isinstance(value, str) for value in parameters.values()):
        raise Poison("a parameter is no text")
    return dict(parameters)


def _read(body: bytes) -> tuple[Form, bool]:
    """The parameters, and whether all of it was UTF-8. Blank values are kept."""
    try:
        return _pairs(body.decode(), "strict"), True
    except UnicodeDecodeError:
        return _pairs(body.decode(errors="replace"), "replace"), False


def _pairs(text: str, errors: str) -> Form:
    """What `parse_qsl` gives, in half its time: most parameters have nothing to decode."""
    form = Form()
    for pair in text.replace("+", " ").split("&"):
        name, _, value = pair.partition("=")
        if "%" in pair:
            name, value = unquote(name, errors=errors), unquote(value, errors=errors)
        if pair:
            form.setdefault(name, []).append(value)
    return form


def _single(form: Form) -> Mapping[str, str]:
    """One value a name. Twilio repeats none, and the order of repeats is not signed."""
    if any(len(values) > 1 for values in form.values()):
        raise Poison("a parameter is repeated")
    return {name: values[0] for name, values in form.items()}
