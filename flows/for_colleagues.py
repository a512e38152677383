"""What somebody of the team reads on a phone of their own about the questions that are theirs."""

from __future__ import annotations

from language.wording import _

A_QUESTION = _("Heard: a question for you, due by {due}. To answer by text, reply ANSWER.")
CODE = _("Heard: a question for you, due by {due}. Reply {code} and your answer. The code holds once, for 10 minutes.")
THEIR_WORDS = _("They ask:")
NONE_WAITS = _("Heard: no question waits that you can answer by text. The others are on your Questions page.")
CODE_NOT_RIGHT = _("Heard: nothing was sent. The code is wrong or too old, or no answer came with it. Reply ANSWER.")
SENT = _("Heard: your answer is on its way. Thank you.")
NOT_SENT = _("Heard: your answer could not be sent. Please open the question on your Questions page.")
# On the day of a meeting, to whoever leads it.
COMES_LATE = _("Heard: {meeting}, {time} today. Somebody is late, and will come. See Today.")
CANNOT_FIND_IT = _("Heard: {meeting}, {time} today. Somebody cannot find it, or cannot get in. See Today.")
CANNOT_GET_ON = _("Heard: {meeting}, {time} today. Somebody cannot get in online. See Today.")
CANNOT_COME = _("Heard: {meeting}, {time} today. Somebody cannot come after all. See Today.")
COMES_AFTER_ALL = _("Heard: {meeting}, {time} today. Somebody who could not come is coming. See Today.")
THEY_SAY = _("They say:")
# About a commitment that is theirs: its title is ours, and nobody else's words are in it.
OVERDUE = _("Heard: we promised {commitment} by {due}. It is late. Do it, or move it and say why. See Commitments.")
NOT_KEPT = _("Heard: {commitment} is not done, say those who asked for it. It is open again. See Commitments.")
