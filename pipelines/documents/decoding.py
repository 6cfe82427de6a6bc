"""Bytes become readable text: which encoding, which newlines, no control characters."""

import codecs
import re

#: A byte-order mark and the encoding it announces, the longest first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINES = re.compile(r"\r\n?")
#: Every C0 and C1 control but tab and newline, and halves of surrogate pairs.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
#: More control characters than this is no text that a person wrote.
_MOST_CONTROLS = 0.02


class NotTextError(ValueError):
    """The bytes are no text in any encoding that we know."""


def decode(data: bytes) -> tuple[str, str]:
    """Decode bytes as the readable text that offsets point into, and name their encoding.

    A byte-order mark decides; else UTF-8; else Windows-1252, which most old web text is. The mark
    is dropped.

    Raises:
        NotTextError: no encoding fits, or more than 2 % of the result are control characters.
    """
    text, encoding = _decode(data)
    if len(_CONTROLS.findall(text.replace("\r", ""))) > _MOST_CONTROLS * len(text):
        raise NotTextError("The bytes are no text: too many control characters for any encoding.")
    return clean(text), encoding


def clean(text: str) -> str:
    r"""Make newlines `\n`, controls a blank and broken surrogates U+FFFD, one for one."""
    text = _NEWLINES.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding
    for encoding in ("utf-8", "windows-1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise NotTextError("The bytes are no text: neither UTF-8 nor Windows-1252.")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(
            f"The bytes start with the mark of {encoding} but are not: {error.reason} at byte "
            f"{error.start}."
        ) from error
