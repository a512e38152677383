"""Every flow that we ship, by name."""

from __future__ import annotations

from collections.abc import Mapping

from flows import about_you
from flows.approve import APPROVE
from flows.arranged import AFTER, ARRANGED, NEEDS_REVIEW
from flows.call import CALL
from flows.care_trouble import CARE_TROUBLE
from flows.choose_language import CHOOSE_LANGUAGE
from flows.coming import COMING, NOTED
from flows.details import DETAILS
from flows.feedback_which import FEEDBACK
from flows.form import FORM
from flows.format import FORMAT
from flows.grammar import Flow
from flows.happened import HAPPENED
from flows.hours import HOURS
from flows.interest import INTEREST
from flows.join import JOIN
from flows.leave import LEAVE
from flows.less import LESS
from flows.meeting_news import MEETING_NEWS
from flows.meetings import MEETING_TOLD, MEETINGS, WHICH_MEETING
from flows.menu import MENU
from flows.news import NEWS
from flows.pause import PAUSE
from flows.perhaps_stop import PERHAPS_STOP
from flows.picked import PICKED
from flows.placed import OFFER, PLACE_NEWS, PLACED
from flows.projects import PROJECTS
from flows.promises_month import PROMISES_MONTH
from flows.reminder import REMINDER
from flows.rhythm import RHYTHM
from flows.rsvp import RSVP
from flows.rsvp_places import RSVP_AGAIN, RSVP_NEWS, RSVP_OFFER
from flows.safety import SAFETY
from flows.start import START
from flows.story import STORY, STORY_DOWN, STORY_IS_DOWN
from flows.supporter import (
    HELPER_AGREED,
    HELPER_ASKED,
    HELPER_ENDED,
    HELPER_REFUSED,
    SUPPORTER,
    SUPPORTER_OVER,
    SUPPORTER_TOLD,
)
from flows.supporter_coming import HELPER_COMING, HELPER_NOTED
from flows.told import TOLD
from flows.which import WHICH
from flows.who import WHO
from flows.who_helps import HELPERS

SHIPPED: Mapping[str, Flow] = {
    flow.name: flow
    for flow in (
        JOIN,
        FORM,
        MENU,
        PAUSE,
        HOURS,
        LESS,
        NEWS,
        FORMAT,
        RHYTHM,
        CALL,
        CHOOSE_LANGUAGE,
        DETAILS,
        SAFETY,
        CARE_TROUBLE,
        PERHAPS_STOP,
        WHO,
        LEAVE,
        START,
        APPROVE,
        INTEREST,
        PLACED,
        PLACE_NEWS,
        OFFER,
        PICKED,
        PROJECTS,
        PROMISES_MONTH,
        WHICH,
        MEETINGS,
        MEETING_TOLD,
        WHICH_MEETING,
        RSVP,
        COMING,
        NOTED,
        ARRANGED,
        AFTER,
        NEEDS_REVIEW,
        FEEDBACK,
        RSVP_OFFER,
        RSVP_AGAIN,
        RSVP_NEWS,
        REMINDER,
        MEETING_NEWS,
        STORY,
        STORY_DOWN,
        STORY_IS_DOWN,
        TOLD,
        HAPPENED,
        SUPPORTER,
        SUPPORTER_TOLD,
        SUPPORTER_OVER,
        HELPER_ENDED,
        HELPER_ASKED,
        HELPER_COMING,
        HELPER_NOTED,
        HELPER_AGREED,
        HELPER_REFUSED,
        HELPERS,
        *about_you.QUESTIONS,
        about_you.ALL_TOLD,
    )
}
