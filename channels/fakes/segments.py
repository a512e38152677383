"""How many SMS a text takes (3GPP TS 23.038: 160 septets, or 70 UTF-16 units; 153 and 67 in longer ones)."""

from __future__ import annotations

import re

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWO_SEPTETS = "^{}\\[~]|€\f"
_GSM = re.compile(f"[{re.escape(_BASIC + _TWO_SEPTETS)}]*")
_EXTENDED = re.compile(f"[{re.escape(_TWO_SEPTETS)}]")


def segments(text: str) -> int:
    """Segments, at least 1. A pair that would straddle two segments is not moved over, so one may be missing."""
    if _GSM.fullmatch(text):
        length, single, several = len(text) + len(_EXTENDED.findall(text)), 160, 153
    else:
        length, single, several = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= single else -(-length // several)
