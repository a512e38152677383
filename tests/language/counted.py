"""Texts, and how Twilio counts them."""

from __future__ import annotations

FAMILY, ENGLAND = "👨\u200d👩\u200d👧", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

# What Twilio's own counter says (docs, "SMS character limits", and its calculator).
TABLE = [
    ("a" * 160, "GSM-7", 160, 1),
    ("a" * 161, "GSM-7", 161, 2),
    ("a" * 306, "GSM-7", 306, 2),
    ("a" * 307, "GSM-7", 307, 3),
    ("a" * 918, "GSM-7", 918, 6),
    ("a" * 919, "GSM-7", 919, 7),
    ("€" * 80, "GSM-7", 160, 1),
    ("€" * 81, "GSM-7", 162, 2),
    ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ("ŵ" * 70, "UCS-2", 70, 1),
    ("ŵ" * 71, "UCS-2", 71, 2),
    ("ŵ" * 134, "UCS-2", 134, 2),
    ("ŵ" * 135, "UCS-2", 135, 3),
    ("👍", "UCS-2", 2, 1),
    ("👍🏽", "UCS-2", 4, 1),
    (FAMILY, "UCS-2", 8, 1),
    (ENGLAND, "UCS-2", 14, 1),
    ("😀" * 35, "UCS-2", 70, 1),
    ("😀" * 36, "UCS-2", 72, 2),
    ("It’s", "UCS-2", 4, 1),
    ("It's", "GSM-7", 4, 1),
    ("café", "GSM-7", 4, 1),
    ("fête", "UCS-2", 4, 1),
    ("£20 café €", "GSM-7", 11, 1),
]
