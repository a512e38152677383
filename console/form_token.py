"""Form tokens: a form that changes something came from a page of ours, in this very browser.

The same random value is in a cookie that only our own host can set (`__Host-`) and in a field of each form. Another
site can neither read nor set it. See docs/decisions/0009.
"""

from __future__ import annotations

import re
import secrets

from markupsafe import Markup
from starlette.requests import Request as WebRequest
from starlette.responses import Response

from console.forms import Form, Refused

COOKIE, FIELD = "__Host-heard-form", "form_token"
_OURS = re.compile(r"[A-Za-z0-9_-]{32,64}")


def give(request: WebRequest) -> None:
    """Have a token ready for the forms of this page."""
    kept = request.cookies.get(COOKIE, "")
    request.state.form_token = kept if _OURS.fullmatch(kept) else secrets.token_urlsafe(24)


def check(request: WebRequest, form: Form) -> None:
    """Raises Refused where the form is not one of ours."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Refused(403)
    kept, given = request.cookies.get(COOKIE, ""), form.text(FIELD)
    if not _OURS.fullmatch(kept) or not secrets.compare_digest(kept.encode(), given.encode()):
        raise Refused(403)


def keep(request: WebRequest, response: Response) -> None:
    """Let the browser keep it."""
    if request.cookies.get(COOKIE) != request.state.form_token:
        response.set_cookie(COOKIE, request.state.form_token, path="/", secure=True, httponly=True, samesite="lax")


def field(request: WebRequest) -> Markup:
    """The hidden field that every form of ours carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, request.state.form_token)
