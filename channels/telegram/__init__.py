"""Telegram: reading updates, sending messages, and what the Bot API's answers mean."""

import os

# Durations as timedelta, the library's coming default: without this it warns on some updates.
os.environ.setdefault("PTB_TIMEDELTA", "true")
