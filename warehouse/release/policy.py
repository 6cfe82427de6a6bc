"""What a public release may hold of an article: the figures of `policy.toml`, checked."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from warehouse.release.errors import ReleaseError

FILE = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits, for an article whose rights_code is `excerpt`.

    `quote_chars` is the length of a quote, its spans together, in code points; `quote_share` what
    all quotes may hold of the characters of their article, `article_share` what these and all facts
    may; `fact_words` the longest run of an article's words in any other cell; `label_chars` the
    length of a title, or of what an article says of itself.
    """

    quote_chars: int
    quote_share: float
    article_share: float
    fact_words: int
    label_chars: int


def read(file: Path = FILE) -> Policy:
    """Read the policy.

    Raises:
        ReleaseError: the file cannot be read, a figure is missing, unknown, or out of its range.
    """
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{file} cannot be read: {error}.") from error
    names = {field.name for field in fields(Policy)}
    if wrong := names ^ set(said):
        what = "unknown" if min(wrong) in said else "missing"
        raise ReleaseError(f"{file.name}: “{min(wrong)}” is {what}.")
    for name, value in said.items():
        is_share = name.endswith("_share")
        fits = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        if not fits or (value > 1 if is_share else not isinstance(value, int)):
            wanted = "a share, above 0 and up to 1" if is_share else "a whole number above 0"
            raise ReleaseError(f"{file.name}: “{name}” is {value}; write {wanted}.")
    if said["quote_share"] > said["article_share"]:
        raise ReleaseError(f"{file.name}: “quote_share” is more than “article_share”.")
    return Policy(**said)
