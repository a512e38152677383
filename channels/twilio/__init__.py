"""Twilio: SMS and WhatsApp."""

from channels.twilio.account import TwilioAccount, webhook_addresses
from channels.twilio.adapter import TwilioAdapter

__all__ = ["TwilioAccount", "TwilioAdapter", "webhook_addresses"]
