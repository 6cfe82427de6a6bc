"""Who wrote it: the byline forms of news texts, and the names in them.

Forms: “By A and B”, “Author: A”, “Words by A”, “Written by A on …”, “A, Agency”, “A | Paper”,
“A for The Paper”, “A in Oslo and B in Rome”, a bare name beside the publication date.
"""

import re

from pipelines.articles.lexicon import entries

_OPENER = re.compile(
    r"(?:[^|•·]{0,24}[|•·]\s*)?"
    r"(?:(?:words?|text|story|article|analysis|report(?:ed|ing)?|written|posted|published|review"
    r"|column|opinion|created|told|interview|an? \w+)\s){0,2}"
    r"(?:by\b|authors?\s?:|writers?\s?:|reporters?\s?:|byline\s?:)\s*:?\s*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:[,;&]|\band\b|\bwith\b|\bby\b)\s*", re.IGNORECASE)
#: Where the names end: a separator, an address, a handle, a button, a number.
_END = re.compile(
    r"\s*(?:[|•·@(\[<]|\s[-–—]\s|https?:|\b\d+\s"
    r"|\b(?:follow|twitter|facebook|email|contributor|published|updated|posted)\b).*$",
    re.IGNORECASE,
)
#: Where one name ends: “of the Valley Post”, “in Oslo”.
_NAME_END = re.compile(
    r"\s(?:(?i:for|of|in|at|from)\s(?:the\s)?[A-Z]|(?i:is|on|senior)\b).*$|\s(?i:on|for|in|at|from)$"
)
_NAME_WORD = re.compile(r"(?:[^\W\d_][\w.'’‘-]*|[A-Z]\.)$")
_PARTICLES = frozenset(
    {"de", "la", "del", "der", "den", "van", "von", "bin", "al", "el", "da", "dos", "di", "le"}
    | {"du", "ter", "ten", "ibn", "y", "e"}
)
_MOST_WORDS = 5
_LONGEST_TOLD, _LONGEST_BARE = 200, 120


def read_byline(line: str) -> tuple[str, ...]:
    """The authors on a line that says that it is a byline, none where it is none."""
    opener = _OPENER.match(line)
    if not opener or len(line) > _LONGEST_TOLD:
        return ()
    return _names(line[opener.end() :], is_told=True)


def read_bare_names(line: str) -> tuple[str, ...]:
    """The authors on a line that is nothing but names (and jobs): “Ann Lee and AP”."""
    if len(line) > _LONGEST_BARE or line.endswith((".", "!", "?", ":")):
        return ()
    return _names(line, is_told=False)


def _names(line: str, *, is_told: bool) -> tuple[str, ...]:
    """The names that a line begins with; a first piece that is none makes the line none."""
    names: list[str] = []
    line = _split_slash(line)
    for number, piece in enumerate(p for p in _JOINT.split(_END.sub("", line)) if p):
        name = _clean(piece)
        is_name = _is_name(name, is_told=is_told or number > 0)
        if number == 0 and not is_name:
            return ()
        if is_name and not (number and _is_job(piece)) and name not in names:
            names.append(name)
    return tuple(names)


def _split_slash(line: str) -> str:
    """`A Name/B Name` as two names."""
    parts = [part.strip() for part in line.split("/")]
    is_names = len(parts) == 2 and all(_is_name(part, is_told=False) for part in parts)
    return ", ".join(parts) if is_names else line


def _clean(piece: str) -> str:
    """A name without the place, paper or job after it."""
    words = _NAME_END.sub("", piece).split()
    roles = entries("byline_roles.txt")
    job = next(
        (n for n, w in enumerate(words) if n > 1 and w.casefold().strip(".,") in roles), None
    )
    return " ".join(words[:job]).strip(" .,:;|*-–—")


def _is_job(piece: str) -> bool:
    """Whether a piece after a name tells the person's job or paper instead of a second name."""
    roles = entries("byline_roles.txt")
    words = [word.strip(".,") for word in piece.casefold().split()]
    return sum(word in roles for word in words) * 2 >= len(words) or "program" in words


def _is_name(name: str, *, is_told: bool) -> bool:
    """Whether a piece of a line has the shape of a name; a byline that says so needs less."""
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_NAME_WORD.match, words)):
        return False
    if not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    if any(not w[0].isupper() and w.casefold() not in _PARTICLES for w in words):
        return False
    if is_told:
        return len(name) > 1
    common = entries("not_names.txt")
    return len(words) >= 2 and not any(word.casefold().strip(".") in common for word in words)
