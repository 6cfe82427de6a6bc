"""What a line looks like: running text, a menu entry, a headline, a button.

Every look has points for (+) or against (-) being the article's running text, set by hand.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from pipelines.articles.lexicon import (
    begins_with_entry,
    entries,
    fold,
    holds_entry,
    is_entry,
    n_entries,
)
from pipelines.articles.lines import Line

_TWEET = re.compile(r"[—–-]\s.{1,60}\(@\w{1,20}\)")
_RESPONSES = re.compile(
    r"(?:\d+|one|two|no)\s(?:responses?|comments?|replies|thoughts?|reactions?)(?:\s(?:to|on)\b.*)?\W*",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]*]*(?:\s*\[\d+\])*$|[\"”’»]$")
_CLOSERS = (".", "!", "?", "…", '"', "”", "’", "»")
_GLUED_MENU = re.compile(r"[a-z](?=[A-Z])")
_COUNTER = re.compile(
    r"[\d.,]+\s?[kKmM]?(?:\s[\d.,]+\s?[kKmM]?)*"
    r"(?:\s(?:comments?|shares?|views?|likes?|reads?|replies|followers?|min(?:ute)?s?(?: read)?"
    r"|hours?(?: ago)?|days?(?: ago)?))?\W*",
    re.IGNORECASE,
)
#: A line that is nothing but a clock: an entry of a live blog, the length of a video.
_CLOCK = re.compile(r"[0-2]?\d[:.][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?", re.IGNORECASE)
_AGO = re.compile(
    r"(?:(?:last\s)?(?:updated?|published|posted)\s)?(?:\d+|an?|few)\s?"
    r"(?:s|m|h|d|w|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?)"
    r"\s(?:ago|read)\W*",
    re.IGNORECASE,
)
#: One of these stands in every claim of a right.
_RIGHTS_SIGNS = ("©", "copyr", "(c)", "reserved")
_RIGHTS = re.compile(
    r"(?:^|[\s\d])©|\bcopyright (?:©|\(c\)|\d{4})|\(c\)\s\d{4}|\ball rights reserved\b",
    re.IGNORECASE,
)
#: Sites do not quote anybody.
_SPEECH = re.compile(r"[“”\"]|\bsaid\b|\bsays\b")
#: A teaser that was cut off ends so; a quotation may too.
_CUT_OFF = re.compile(r"[^.\"”’](?:\.\.\.|…)$")
_CODE = re.compile(
    r"<iframe|</|function\s?\(|[{}]\s*$|https?://(?!t\.co/)\S+$|^www\.\S+$", re.IGNORECASE
)
#: What is typed at a prompt or written in a file: it stands in the text as it must be typed.
_TYPED = re.compile(
    r"^(?:[$%>]\s\S|\./\S|[{<]\s?[\"\w])|\s(?:=>?|\|--)\s|\s--\w|^(?=\S{0,40}\d)\S{0,40}[_-]\S{1,40}$"
)


class Look(Enum):
    """What a line looks like by itself."""

    PROSE = auto()
    SENTENCE = auto()
    HEADLINE = auto()
    LABEL = auto()
    LIST_LINK = auto()
    FURNITURE = auto()
    AD_SLOT = auto()
    COUNTER = auto()
    OPENER = auto()
    COMMENTS = auto()
    CLOSER = auto()
    RIGHTS = auto()
    SYMBOLS = auto()


#: Points for running text by look; prose is worth more the longer it is.
POINTS = {
    Look.PROSE: 1.0,
    Look.SENTENCE: 0.7,
    Look.HEADLINE: -0.9,
    Look.LABEL: -0.8,
    Look.LIST_LINK: -1.0,
    Look.FURNITURE: -1.2,
    Look.AD_SLOT: 0.0,
    Look.COUNTER: -0.5,
    Look.OPENER: -2.5,
    Look.COMMENTS: -12.0,
    Look.CLOSER: -3.0,
    Look.RIGHTS: -4.0,
    Look.SYMBOLS: -0.2,
}
#: Running text is judged by its first so many words at most.
_FULL_PROSE = 60
#: Lines that only a page has; this many, and this share of all lines, make a text a page.
_SITE_LOOKS = frozenset({Look.FURNITURE, Look.OPENER, Look.COMMENTS, Look.CLOSER, Look.RIGHTS})
_FEWEST_SITE_LINES, _LEAST_SITE_SHARE = 6, 0.08
#: In a page, a line of at most so many words that stands there so often is a button.
_BUTTON_WORDS, _BUTTON_REPEATS = 3, 3
_SHORT = frozenset({Look.SENTENCE, Look.HEADLINE, Look.LABEL, Look.LIST_LINK})
#: A prompt is a sentence; fewer words are a button. What it offers is a list.
_PROMPT_WORDS = 6
#: A line up to so many words is the site's by one of its phrases, a longer one by two.
_LONGEST_PROMPT, _LONGEST_NOTICE = 30, 60
_LISTED = frozenset({Look.PROSE, Look.SENTENCE, Look.LIST_LINK})


@dataclass(frozen=True, slots=True)
class Seen:
    """A line with its look and its points."""

    line: Line
    look: Look
    points: float


def look_at(lines: Sequence[Line]) -> list[Seen]:
    """Judge every line by itself; in a page, short lines that return are the site's."""
    looks = [_look(line) for line in lines]
    if is_page(looks):
        repeats = Counter(fold(line.text) for line in lines if len(line.words) <= _BUTTON_WORDS)
        looks = [
            Look.FURNITURE
            if look in _SHORT and repeats[fold(line.text)] >= _BUTTON_REPEATS
            else look
            for line, look in zip(lines, looks, strict=True)
        ]
        looks = _offers(lines, looks)
    return [Seen(line, look, _points(line, look)) for line, look in zip(lines, looks, strict=True)]


def _offers(lines: Sequence[Line], looks: Sequence[Look]) -> list[Look]:
    """The looks, the list below a site's prompt (“Subscribe to read on:”) being the site's too."""
    result = list(looks)
    in_offer = False
    for index, line in enumerate(lines):
        is_prompt = looks[index] is Look.FURNITURE and len(line.words) >= _PROMPT_WORDS
        in_offer = is_prompt or (in_offer and bool(line.mark))
        if in_offer and line.mark and looks[index] in _LISTED:
            result[index] = Look.FURNITURE
    return result


def is_page(looks: Sequence[Look]) -> bool:
    """Whether a text is a web page's, menus and all, rather than an article alone."""
    n = sum(look in _SITE_LOOKS for look in looks)
    links = sum(look is Look.LIST_LINK for look in looks)
    return n >= _FEWEST_SITE_LINES and n + links >= _LEAST_SITE_SHARE * len(looks)


def is_closed(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    if text.endswith(_CLOSERS) or text[-1:].isalnum():  # as nearly all do
        return text.endswith(_CLOSERS)
    return bool(_CLOSED.search(text))


def is_typed(text: str) -> bool:
    """Whether a line is a command or code that the text shows."""
    return bool(_TYPED.search(text[:200]))


def stop_share(words: Sequence[str]) -> float:
    """The share of function words among a line's words."""
    stop = entries("stopwords.txt")
    return sum(w.casefold().strip(".,;:!?\"“”'()") in stop for w in words) / max(1, len(words))


def is_title_case(words: Sequence[str]) -> bool:
    """Whether the words that matter begin with capitals, as in many an English headline."""
    stop = entries("stopwords.txt")
    bare = [w.strip(".,;:!?\"“”'‘’()") for w in words]
    weighty = [w for w in bare if len(w) > 3 and w.casefold() not in stop and w[0].isalpha()]
    return len(weighty) >= 3 and sum(w[0].isupper() for w in weighty) >= 0.9 * len(weighty)


def _points(line: Line, look: Look) -> float:
    points = POINTS[look]
    if look is Look.PROSE:
        points += min(len(line.words), _FULL_PROSE) / 20
    return points


def _look(line: Line) -> Look:
    n = len(line.words)
    if line.is_clock:
        return Look.FURNITURE
    if not any(c.isalnum() for c in line.content):
        return Look.SYMBOLS
    if special := _special(line, fold(line.content), n):
        return special
    if _TWEET.match(line.text):
        return Look.SENTENCE
    if line.mark[:1] == "#":
        return Look.HEADLINE
    if n <= 30 and (is_title_case(line.words) or _CUT_OFF.search(line.text)):
        return Look.LIST_LINK if line.mark else Look.HEADLINE
    closed = is_closed(line.text)
    share = stop_share(line.words)
    if (n >= 12 and closed and share >= 0.15) or (n >= 25 and (closed or share >= 0.25)):
        return Look.PROSE
    introduces = n >= 6 and share > 0 and line.text.endswith(":")
    if introduces or (n >= 3 and closed and (share > 0 or n >= 6)):
        return Look.SENTENCE
    if line.mark:
        return Look.LIST_LINK
    return Look.HEADLINE if n >= 4 else Look.LABEL


def _special(line: Line, folded: str, n: int) -> Look | None:
    """Lines that say by their words what they are."""
    if n <= 30 and _RESPONSES.fullmatch(line.content):
        return Look.COMMENTS
    if n <= 8 and any(shape.fullmatch(line.content) for shape in (_COUNTER, _AGO, _CLOCK)):
        return Look.COUNTER
    if n <= 16 and is_entry(folded.rstrip("0123456789 "), "ad_slots.txt"):
        return Look.AD_SLOT
    if n <= 60 and _claims_a_right(line.text):
        return Look.RIGHTS
    if n <= 5 and is_entry(folded.lstrip("0123456789 "), "comment_openers.txt"):
        return Look.COMMENTS
    if n <= 9 and all(is_entry(fold(b), "teaser_closers.txt") for b in _buttons(line)):
        return Look.CLOSER
    if n <= 9 and is_entry(folded, "related_openers.txt"):
        return Look.OPENER
    if n <= 6 and not is_closed(line.text) and begins_with_entry(folded, "related_openers.txt"):
        return Look.OPENER
    return Look.FURNITURE if _is_furniture(line, folded, n) else None


def _claims_a_right(text: str) -> bool:
    small = text.casefold()
    return any(sign in small for sign in _RIGHTS_SIGNS) and bool(_RIGHTS.search(text))


def _buttons(line: Line) -> list[str]:
    """The entries of a menu that a page glued together: `HomeNewsSport`."""
    return _GLUED_MENU.sub(r"\g<0>\n", line.content).split("\n")


def _is_furniture(line: Line, folded: str, n: int) -> bool:
    """Whether a line is the site's: a button, a prompt, a notice, code, a menu glued together."""
    small = line.content.casefold().replace("’", "'")
    is_answer = n <= 2 and line.text.endswith(".")
    if is_entry(folded, "furniture_lines.txt") and not is_answer:
        return True
    if holds_entry(small, "site_notices.txt"):
        return True
    glued = len(_GLUED_MENU.findall(line.text)) if n <= 12 and not is_closed(line.text) else 0
    if (n <= 12 and _CODE.search(line.text)) or glued >= max(3, n / 2):
        return True
    if n >= 8 and _SPEECH.search(line.text):
        return False
    if n <= 40 and begins_with_entry(folded, "furniture_starts.txt"):
        return True
    n_phrases = n_entries(small, "furniture_phrases.txt") if n <= _LONGEST_NOTICE else 0
    return n_phrases > (n > _LONGEST_PROMPT)
