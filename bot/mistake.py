"""A mistake in how Heard was set up."""

from __future__ import annotations


class SettingsMistake(Exception):
    """A setting, or what it names, is wrong. The message says on one line what is wrong and what to do; no secret."""
