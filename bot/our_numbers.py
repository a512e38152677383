"""Where people write to us, as the settings say: for posters, and for the page that tells how to join."""

from __future__ import annotations

from bank.our_numbers import OurNumbers
from bot.settings import Settings

# Ofcom keeps 07700 900000 to 900999 for drama: nobody's phone will ring.
DEMO = OurNumbers("+447700900999", "+447700900998", "ashdale_heard_bot")


def our_numbers(settings: Settings) -> OurNumbers:
    """Those of the channels that are on; in the demo, the demo's."""
    if settings.is_demo:
        return DEMO
    twilio, telegram = settings.twilio, settings.telegram
    return OurNumbers(
        sms=twilio.sms_from if twilio.on else "",
        whatsapp=twilio.whatsapp_from if twilio.on else "",
        telegram=telegram.name if telegram.on else "",
    )
