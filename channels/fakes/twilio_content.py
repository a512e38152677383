"""Templates as the Content API tells of them (Twilio docs, "Content API: resources")."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from channels.fakes.twilio_error import refusal

_CONTENT = "https://content.twilio.com/v1/Content"


@dataclass(frozen=True, slots=True)
class Kept:
    """One template: its words with {{1}}, and what WhatsApp says of it."""

    name: str
    language: str
    words: str
    status: str = "unsubmitted"
    category: str = "UTILITY"
    reason: str = ""


class Contents:
    """All templates of one account, by ContentSid."""

    def __init__(self, account_sid: str, credentials: Collection[str]) -> None:
        self._account_sid = account_sid
        self._credentials = credentials
        self._kept: dict[str, Kept] = {}

    def keep(self, sid: str, name: str, words: str, *, language: str = "en", status: str = "approved") -> None:
        self._kept[sid] = Kept(name, language, words, status)

    def judge(self, sid: str, status: str, reason: str = "") -> None:
        """WhatsApp makes up its mind about a template. Raises KeyError."""
        self._kept[sid] = replace(self._kept[sid], status=status, reason=reason)

    def words(self, sid: str) -> str | None:
        kept = self._kept.get(sid)
        return kept.words if kept else None

    def is_approved(self, sid: str) -> bool:
        """Also where we were told nothing of it."""
        kept = self._kept.get(sid)
        return kept is None or kept.status == "approved"

    def routes(self) -> tuple[web.RouteDef, ...]:
        return (
            web.get("/v1/Content/{sid}", self._fetch),
            web.get("/v1/Content/{sid}/ApprovalRequests", self._approval),
        )

    async def _fetch(self, request: web.Request) -> web.Response:
        return self._tell(request, self._content)

    async def _approval(self, request: web.Request) -> web.Response:
        return self._tell(request, self._asked)

    def _tell(self, request: web.Request, telling: Any) -> web.Response:
        if request.headers.get("Authorization") not in self._credentials:
            return refusal(20003)
        sid = request.match_info["sid"]
        kept = self._kept.get(sid)
        return refusal(20404) if kept is None else web.json_response(telling(sid, kept))

    def _content(self, sid: str, kept: Kept) -> Mapping[str, Any]:
        return {
            "sid": sid,
            "account_sid": self._account_sid,
            "friendly_name": kept.name,
            "language": kept.language,
            "variables": {},
            "types": {"twilio/text": {"body": kept.words}},
            "url": f"{_CONTENT}/{sid}",
            "links": {"approval_fetch": f"{_CONTENT}/{sid}/ApprovalRequests"},
            "date_created": "2026-01-05T09:00:00Z",
            "date_updated": "2026-01-05T09:00:00Z",
        }

    def _asked(self, sid: str, kept: Kept) -> Mapping[str, Any]:
        approval = {
            "type": "whatsapp",
            "name": kept.name,
            "category": kept.category,
            "content_type": "twilio/text",
            "status": kept.status,
            "rejection_reason": kept.reason,
            "allow_category_change": True,
        }
        url = f"{_CONTENT}/{sid}/ApprovalRequests"
        return {"sid": sid, "account_sid": self._account_sid, "whatsapp": approval, "url": url}
