"""What Twilio's error codes mean for us, and what the operator reads (Twilio docs, Error dictionary).

Only the numbers decide: Twilio says that its own wording may change.
"""

from __future__ import annotations

from collections.abc import Mapping

from channels.message import Concern, Problem

_ADDRESS, _CONSENT, _CONTENT = Concern.ADDRESS, Concern.CONSENT, Concern.CONTENT
_CONFIGURATION, _WINDOW = Concern.CONFIGURATION, Concern.WINDOW
_TEMPORARY, _AMBIGUOUS, _BLOCKED = Concern.TEMPORARY, Concern.AMBIGUOUS, Concern.BLOCKED

# What happens on the way to Twilio, named by us.
NOT_SENT, NO_ANSWER, UNREADABLE = "not-sent", "no-answer", "unreadable-answer"
REDIRECTED, NO_SENDER, TOO_LONG = "redirected", "no-sender", "21617"
WINDOW_CLOSED = "63016"

TABLE: Mapping[str, tuple[Concern, str]] = {
    NOT_SENT: (_TEMPORARY, "We could not connect to Twilio. Check this server's internet connection if it goes on."),
    NO_ANSWER: (_AMBIGUOUS, "Twilio did not answer, so it may have gone. Check Twilio's message log."),
    UNREADABLE: (_AMBIGUOUS, "We could not read Twilio's answer, so it may have gone. Check Twilio's message log."),
    REDIRECTED: (_CONFIGURATION, "The Twilio address in our settings points elsewhere. Correct api_base_url."),
    NO_SENDER: (_CONFIGURATION, "This channel has no sender. Set sms_from, whatsapp_from or a messaging service."),
    "401": (_CONFIGURATION, "Twilio did not accept our sign-in. Check the account SID, token and API key."),
    "403": (_CONFIGURATION, "Twilio does not allow this account to do that. Check its permissions at Twilio."),
    "404": (_CONFIGURATION, "Twilio did not find our account. Check the account SID and api_base_url."),
    "14107": (_TEMPORARY, "Too many quick replies went back and forth. Look for an automatic reply at the other end."),
    "20003": (_CONFIGURATION, "Twilio did not accept our sign-in. Check the account SID, token and API key."),
    "20404": (_CONFIGURATION, "Twilio did not find what we named. Check the SIDs in the settings."),
    "20429": (_TEMPORARY, "We asked Twilio too many things at once. We slow down by ourselves."),
    "20500": (_AMBIGUOUS, "Twilio had a fault of its own, so it may have gone. Check Twilio's message log."),
    "21211": (_ADDRESS, "This is not a phone number. Ask the person for the right one."),
    "21212": (_CONFIGURATION, "The number we send from is not right. Correct sms_from or whatsapp_from."),
    "21408": (_CONFIGURATION, "Texts to this country are switched off. Switch it on in Twilio's geo permissions."),
    "21602": (_CONTENT, "The message had no words. Write it again."),
    "21603": (_CONFIGURATION, "No number to send from was given. Set sms_from or a messaging service."),
    "21604": (_CONFIGURATION, "No number to send to was given. Tell whoever looks after Heard."),
    "21606": (_CONFIGURATION, "The number we send from is not ours, or cannot text. Correct sms_from."),
    "21608": (_CONFIGURATION, "A trial account texts checked numbers only. Upgrade it, or add this number at Twilio."),
    "21609": (_CONFIGURATION, "Twilio cannot use our public address. Correct public_url: https, no underscore."),
    "21610": (_CONSENT, "This person sent STOP. Only their own START lets us text them again."),
    "21611": (_TEMPORARY, "Our number has ten hours of texts waiting at Twilio. Hold back big mailings."),
    "21612": (_ADDRESS, "Our number has no way to reach this one. Use another channel, or call."),
    "21614": (_ADDRESS, "This is not a mobile number. Offer a phone call instead."),
    TOO_LONG: (_CONTENT, "The message is over 1,600 characters. Make it shorter."),
    "21654": (_CONTENT, "This WhatsApp template does not exist. Correct its ContentSid in the settings."),
    "21655": (_CONTENT, "This WhatsApp template's ContentSid is not right. Correct it in the settings."),
    "21656": (_CONTENT, "The words did not fit the WhatsApp template. Check the template's variables."),
    "21703": (_CONFIGURATION, "The messaging service has no number that fits. Add one at Twilio."),
    "21704": (_CONFIGURATION, "The messaging service has no number yet. Add one at Twilio."),
    "21705": (_CONFIGURATION, "The messaging service is not right. Correct messaging_service_sid."),
    "21910": (_CONFIGURATION, "Sender and receiver are on different channels. Check sms_from and whatsapp_from."),
    "30001": (_TEMPORARY, "Too many texts were waiting at Twilio. Send this one again later."),
    "30002": (_CONFIGURATION, "Twilio has suspended the account. Contact Twilio."),
    "30003": (_TEMPORARY, "The phone is off or has no signal. Try once more later."),
    "30004": (_BLOCKED, "The phone or its network blocks our texts. Ask the person another way before writing again."),
    "30005": (_ADDRESS, "This number is not in use. Ask the person for a new one."),
    "30006": (_ADDRESS, "This is a landline, or its network takes no texts. Offer a phone call instead."),
    "30007": (_CONTENT, "A network took this for spam. Review the wording and any links before sending more."),
    "30008": (_TEMPORARY, "The network gave no reason. Try once more later."),
    "30009": (_TEMPORARY, "A part of a long text was lost. Ask the person to send it again."),
    "30017": (_TEMPORARY, "The network is very busy. Try once more later."),
    "30018": (_CONFIGURATION, "Our sender is not registered for this country. Register it at Twilio."),
    "30024": (_CONFIGURATION, "Our sender is not allowed in this country. Register it at Twilio."),
    "30034": (_CONFIGURATION, "A number in the United States needs a registered campaign. Register it at Twilio."),
    "30036": (_TEMPORARY, "The text waited too long at Twilio. Decide whether it is still useful."),
    "30042": (_CONFIGURATION, "Our sender name is too general, or blocked. Choose another, or use a number."),
    "30410": (_AMBIGUOUS, "The network did not answer, so it may have gone. Ask the person before sending again."),
    "30450": (_TEMPORARY, "Twilio holds texts to these numbers for up to 30 minutes. Look for odd sign-ups."),
    "35111": (_CONFIGURATION, "The time to send is missing or not right. Tell whoever looks after Heard."),
    "35114": (_CONFIGURATION, "A text can only be planned through a messaging service. Set messaging_service_sid."),
    "35115": (_CONFIGURATION, "The time to send is too soon or too far off. Tell whoever looks after Heard."),
    "35117": (_CONFIGURATION, "The time to send is too far off. Tell whoever looks after Heard."),
    "35118": (_CONFIGURATION, "A text can only be planned through a messaging service. Set messaging_service_sid."),
    "35125": (_CONFIGURATION, "Too many texts are planned at Twilio. Cancel some there."),
    "63001": (_CONFIGURATION, "WhatsApp did not accept our sign-in. Connect the WhatsApp sender again at Twilio."),
    "63003": (_ADDRESS, "This person is not on WhatsApp. Offer SMS."),
    "63005": (_CONTENT, "WhatsApp did not accept these words. Review the message or its template."),
    "63007": (_CONFIGURATION, "Our WhatsApp sender was not found. Correct whatsapp_from."),
    "63012": (_TEMPORARY, "WhatsApp had a fault of its own. Try once more later."),
    "63013": (_CONTENT, "This breaks a WhatsApp rule. Change the words or the template."),
    "63014": (_BLOCKED, "The person has blocked us. Do not write again unless they write first."),
    "63015": (_CONFIGURATION, "This phone has not joined the WhatsApp sandbox. Join it, or use a real sender."),
    WINDOW_CLOSED: (_WINDOW, "It is over 24 hours since the person wrote. Use an approved template, or SMS."),
    "63017": (_TEMPORARY, "The whole account sends too fast. We slow down by ourselves."),
    "63018": (_TEMPORARY, "WhatsApp's limit for our sender is reached. Check its tier, and spread big mailings."),
    "63019": (_CONTENT, "WhatsApp could not fetch the file. Check its address, or leave it out."),
    "63021": (_CONTENT, "WhatsApp could not use this content. Correct the template."),
    "63024": (_ADDRESS, "WhatsApp cannot reach this person. Check the number, or offer SMS."),
    "63027": (_CONTENT, "The template is missing in this language. Add the language and get it approved."),
    "63028": (_CONTENT, "The template has another number of blanks. Make it as our guide shows."),
    "63030": (_CONFIGURATION, "WhatsApp does not know a setting that we sent. Tell whoever looks after Heard."),
    "63032": (_TEMPORARY, "WhatsApp holds this one back for a test of its own. Try later, or use SMS."),
    "63033": (_BLOCKED, "The person has blocked us. Do not write again unless they write first."),
    "63034": (_CONTENT, "The file is too large for WhatsApp. Make it smaller, or leave it out."),
    "63038": (_CONFIGURATION, "The account's daily limit is reached. Ask Twilio to raise it."),
    "63040": (_CONTENT, "WhatsApp did not approve this template. Change it, or use another."),
    "63041": (_CONTENT, "WhatsApp has paused this template. Use another."),
    "63042": (_CONTENT, "WhatsApp has switched this template off. Use another."),
    "63049": (_TEMPORARY, "WhatsApp chose not to deliver it, as the person gets many. Wait a day, or use SMS."),
    "63051": (_CONFIGURATION, "WhatsApp has locked the business account. Contact Twilio."),
}


def problem(code: str) -> Problem:
    """What `code` means for us. A code that the table does not know is worth one more try."""
    known = TABLE.get(code)
    if known is None:
        return Problem(code, Concern.TEMPORARY, f"Twilio gave code {code}, which we do not know. Look it up at Twilio.")
    return Problem(code, *known)
