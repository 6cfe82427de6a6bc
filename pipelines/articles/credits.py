"""Lines beside the running text: picture captions, agency credits, notes about the author."""

import re
from collections.abc import Sequence

from pipelines.articles.lexicon import holds_entry

#: A name or agency after the last sentence: “The bridge before the storm. Ida Holm/AP”.
_CREDIT_TAIL = re.compile(
    r"[^\W\d_A-Z]{2}[.!?][”\"’)]?\s+[A-Z][\w.'’&-]*"
    r"(?:[/ ](?:[A-Z][\w.'’&-]*|via|and|for|of|the)){0,4}$"
)
#: How agencies say where and when a picture was taken, at its caption's end.
_TAKEN_ON = re.compile(
    r"\b[A-Z][\w.]*,?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w{0,6}\.?\s"
    r"\d{1,2},\s\d{4}\.$"
)
_TAKEN = re.compile(r"(?i:picture|photo|image)s?\staken\b")
_HEADS = ("file photo", "photo:", "image:", "image caption", "media caption", "pictured", "caption")
#: How agencies say who stands where in a picture.
_PLACE_IN_PICTURE = re.compile(
    r",\s(?:(?:top|bottom|front|back|far|second|third)\s)?(?:left|right|cent(?:er|re))\b(?:\sin\s\w+)?,"
    r"|,\spictured\b|\(\s?(?:left|right|cent(?:er|re)|l|r|c)\s?\)",
    re.IGNORECASE,
)
_OF_PICTURE = re.compile(r"\bfrom left\b|\bfile (?:photo|image|picture)\b", re.IGNORECASE)
_CAPITALS_CREDIT = re.compile(
    r"[A-Z]{2,}/[A-Z][\w.' -]+$|\([A-Z][\w.' -]{1,40}/[A-Z][\w.'/ -]{1,40}\)$"
)
_AGENCY = re.compile(
    r"^[\W_]{0,3}(?:the\s)?(?:(?:associated press|reuters|afp|agence france-presse|bloomberg|ap|dpa"
    r"|upi|pa|cnn)[\W_]{0,3}$"
    r"|with (?:files|reporting|additional reporting|agency|wires|inputs?)\b"
    r"|with reports from\b[^.,]{0,60}$"
    r"|additional reporting\b|reporting by\b|reported by\b|editing by\b|edited by\b|compiled by\b"
    r"|writing by\b|this (?:story|article|report) (?:was|has been) "
    r"(?:originally |first )?(?:published|produced|supported|updated|corrected))",
    re.IGNORECASE,
)
#: How a desk signs: the initials of those who wrote and edited, perhaps with their agencies.
_INITIALS = re.compile(r"[a-z]{2,4}(?:/[a-z]{2,4}){1,4}(?:\s\([\w, ]{2,40}\))?")
_CONTRIBUTED = re.compile(r"\bcontributed\b(?:\sto\sthis\b.{0,40}|\sreporting)?\W*$", re.IGNORECASE)
_CORRECTION = re.compile(
    r"^[\W_]{0,2}(?:editor['’]?s?['’]? note|correction|clarification)\b"
    r"[^.]{0,12}[:–—-]",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"\b(?:reach|contact|email|e-mail|follow)\b.{0,60}(?:@\w|\bon (?:twitter|x|facebook)\b)"
    r"|\bcan be reached\b|\bmay be reached\b|\bfor more information\b.{0,40}@",
    re.IGNORECASE,
)
#: How one of the words begins that every line has which says how to reach somebody.
_REACH_WORDS = ("reach", "contact", "ema", "e-ma", "follow", "for more")
_OCCUPATION = re.compile(
    r"\b(?:is|was|are|has been|have been|covers|writes|reports|lives|teaches|works|serves|joined)\b"
    r".{0,80}?(?:\b(?:reporter|journalist|writer|editor|columnist|correspondent|author|professor"
    r"|fellow|freelance|manager|director|contributor|analyst|producer|blogger|staff|member"
    r"|based in|covering|lives in|involved|podcast|newsletter|former|lecturer|researcher"
    r"|attorney)\b)",
    re.IGNORECASE,
)


def is_caption(text: str, n_words: int) -> bool:
    """Whether a line is a picture's caption or credit."""
    folded = text.casefold()
    if n_words <= 12 and holds_entry(folded, "picture_credits.txt"):
        return True
    tail = folded[-60:]
    head = folded[:40]
    if n_words <= 90 and (
        holds_entry(tail, "picture_credits.txt") or _CAPITALS_CREDIT.search(text[-60:])
    ):
        return not text.rstrip().endswith((".”", '."', "?", "!"))
    if n_words <= 60 and head.startswith(_HEADS):
        return True
    if n_words <= 70 and _tells_places(text):
        return True
    if n_words <= 50 and _says_when_taken(text):
        return True
    is_quoted = text.startswith(("“", '"'))
    return 6 <= n_words <= 60 and not is_quoted and bool(_CREDIT_TAIL.search(text[-70:]))


def _tells_places(text: str) -> bool:
    if '"' in text or "“" in text:
        return False
    return bool(_PLACE_IN_PICTURE.search(text) or _OF_PICTURE.search(text))


def _says_when_taken(text: str) -> bool:
    is_dated = text[-2:-1].isdigit() and _TAKEN_ON.search(text)
    return bool(is_dated or _TAKEN.match(text))


def is_credit_note(text: str, n_words: int) -> bool:
    """Whether a line credits an agency or colleague, corrects, or says how to reach the author."""
    if n_words <= 40 and _credits_or_tells_reach(text):
        return True
    if n_words <= 8 and _INITIALS.fullmatch(text):
        return True
    return n_words <= 60 and bool(
        (_AGENCY.match(text) and n_words <= 25) or _CORRECTION.match(text)
    )


def _credits_or_tells_reach(text: str) -> bool:
    small = text.casefold()
    if "contr" in small and _CONTRIBUTED.search(text):
        return True
    return any(word in small for word in _REACH_WORDS) and bool(_REACH.search(text))


def is_about_author(text: str, authors: Sequence[str]) -> bool:
    """Whether a line tells who an author is: “Ann Lee is a reporter in …”."""
    folded = text.casefold()
    named = any(folded.startswith((a.casefold(), f"about {a.casefold()}")) for a in authors)
    return named and bool(_OCCUPATION.search(text[:400]))
