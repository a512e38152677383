"""What a message asks of its reader: one question, at its end, and one thing to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.finding import Code, Finding
from language.link import links
from language.plain import is_english, sentences, words

# After the question, only how to answer it and how to stop.
_AFTER_THE_QUESTION = 12
_MOST_REQUESTS, _MOST_SENTENCES = 2, 8
# "To talk to a person, text CALL" offers; "Bring your letter" asks.
_REQUEST = re.compile(
    r"(?:please|kindly|you (?:must|need to|should|have to)|make sure|do not forget|don't forget|remember"
    r"|add|apply|ask|book|bring|call|check|choose|click|come|complete|contact|download|email|fill|find|follow|forward|give"
    r"|go|have a look|join|keep|let us|log|look|meet|open|phone|pick|post|print|read|register|reply|return|ring|say|see"
    r"|send|share|show|sign|speak|take|talk|tell|text|turn|use|visit|wait|watch|write)\b",
    re.IGNORECASE,
)
_LINK = "link"
_STOP_LINE = re.compile(r"\bSTOP\b")


def findings(text: str, language: str) -> Iterator[Finding]:
    """More than one question, a question that is not last, and more than one idea. Requests are known in English."""
    for link in links(text):
        text = text.replace(link, _LINK)
    if text.count("?") > 1:
        asks = tuple(f"{part}?" for part in re.findall(r"[^.!?\n]+(?=\?)", text))
        yield Finding(
            Code.SEVERAL_QUESTIONS,
            "It asks more than one question. Ask the other in a message of its own.",
            tuple(ask.strip() for ask in asks),
        )
    if "?" in text and len(words(text.rpartition("?")[2])) > _AFTER_THE_QUESTION:
        yield Finding(Code.QUESTION_NOT_LAST, "The question does not come last. Move it to the end.")
    yield from _ideas(text, language)


def _ideas(text: str, language: str) -> Iterator[Finding]:
    said = [sentence for sentence in sentences(text) if not _STOP_LINE.search(sentence)]
    requests = tuple(one for one in said if _REQUEST.match(one)) if is_english(language) else ()
    if len(requests) > _MOST_REQUESTS:
        yield Finding(
            Code.SEVERAL_IDEAS,
            f"It asks people to do {len(requests)} things. One message, one thing to do.",
            requests,
        )
    elif len(said) > _MOST_SENTENCES and "\n" not in text.strip():
        yield Finding(Code.SEVERAL_IDEAS, f"It has {len(said)} sentences. Can it be two messages, with one idea each?")
