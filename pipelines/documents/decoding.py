"""Bytes become readable text: which encoding, which newlines, no control characters."""

import codecs
import re

#: A byte-order mark and the encoding it announces, the longest first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINES = re.compile(r"\r\n?")
#: Every C0 and C1 control but tab and newline, and halves of surrogate pairs.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: Controls that no text has. Those beyond ASCII do not count: text decoded wrongly has them.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NEVER_DECLARED = ("utf-16le", "utf-16be", "replacement", "x-user-defined")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: Neither ASCII nor the marks of well-set English: each wrong decoding has such a character.
_UNUSUAL = re.compile(r"[^\x00-\x7f“”‘’–—…]")
#: More control characters than this is no text that a person wrote.
_MOST_CONTROLS = 0.02
#: Where the browsers look for the encoding that a page declares, and how it is written.
_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
#: Text without a mark is UTF-16 where so many of every second byte are zero.
_MANY_ZEROS = 0.4
#: In UTF-8 with strays, a stray byte comes with so many well-formed characters beyond ASCII.
_WELL_FORMED = 4


class NotTextError(ValueError):
    """The bytes are no text in any encoding that we know."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode bytes, and name their encoding.

    In order: a byte-order mark, which is dropped; UTF-16 told by its zeros; the encoding declared,
    if the bytes are in it; UTF-8, where a stray byte is read as Windows-1252; Windows-1252, which
    most old web text is. Text that is declared as Latin-1 or Windows-1252 and is well-formed UTF-8
    is UTF-8: such a declaration is often wrong and would never fail.

    Raises:
        NotTextError: no encoding fits, or more than 2 % of the result are control characters.
    """
    text, encoding = _decode(data, declared)
    if len(_BINARY.findall(text)) > _MOST_CONTROLS * len(text):
        raise NotTextError("The bytes are no text: too many control characters for any encoding.")
    return text, encoding


def decode_page(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a page by the rules of `decode`.

    `declared` is what its server says; where that is silent, the page's own head is asked.

    Raises:
        NotTextError: as in `decode`.
    """
    if declared is None and (found := _DECLARED.search(data[:_HEAD_BYTES])):
        declared = found[1].decode("ascii", "replace")
    return decode(data, declared)


def decode_line(line: bytes) -> tuple[str, str, bool]:
    """Decode a line of a file of records, whatever bytes it holds, and name its encoding.

    Files are often put together from several, so that each line is decoded by itself. The third
    value says whether the line is well-formed; only then a record's id is sure.
    """
    try:
        return line.decode("utf-8-sig"), "utf-8", True
    except UnicodeDecodeError:
        text = _mostly_utf8(line)
    if text is not None:
        return text, "utf-8", False
    return line.decode("windows-1252", "replace"), "windows-1252", False


def readable(text: str) -> tuple[str, bool]:
    """The readable text that offsets point into, and whether it had to be repaired.

    Undoes a wrong decoding of the past (`donâ€™t`), line by line, and cleans the result.
    """
    if text.isascii() or not _UNUSUAL.search(text):
        return clean(text), False
    import ftfy

    lines = text.split("\n")
    mended = [ftfy.fix_encoding(line) if _UNUSUAL.search(line) else line for line in lines]
    return clean("\n".join(mended)), mended != lines


def clean(text: str) -> str:
    r"""Make newlines `\n`, controls a blank and broken surrogates U+FFFD, one for one."""
    text = _NEWLINES.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding
    for name, codec in (*_told_by_zeros(data), *_in_question(declared)):
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    if (text := _mostly_utf8(data)) is not None:
        return text, "utf-8"
    try:
        return data.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError:
        raise NotTextError("The bytes are no text: neither UTF-8 nor Windows-1252.") from None


#: An encoding's name, and the Python codec that decodes it.
_Candidate = tuple[str, str]
_UTF8: _Candidate = ("utf-8", "utf-8")


def _in_question(declared: str | None) -> tuple[_Candidate, ...]:
    import webencodings

    known = webencodings.lookup(declared) if declared else None
    # Whoever could write “charset=utf-16” in ASCII was wrong.
    if known is None or known.name in ("utf-8", *_NEVER_DECLARED):
        return (_UTF8,)
    told = (known.name, known.codec_info.name)
    return (_UTF8, told) if known.name == "windows-1252" else (told, _UTF8)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(
            f"The bytes start with the mark of {encoding} but are not: {error.reason} at byte "
            f"{error.start}."
        ) from error


def _told_by_zeros(data: bytes) -> tuple[_Candidate, ...]:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    head = data[:_HEAD_BYTES]
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = _MANY_ZEROS * len(head) / 2
    if odd > enough > even:
        return (("utf-16-le", "utf-16-le"),)
    return (("utf-16-be", "utf-16-be"),) if even > enough > odd else ()


def _mostly_utf8(data: bytes) -> str | None:
    """The text where it is UTF-8 but for a few stray bytes, as lines from two sources give."""
    strays = data.decode("utf-8", "replace").count("\ufffd")
    text = data.decode("utf-8", "windows-1252-strays")
    well_formed = len(_NOT_ASCII.findall(text)) - strays
    return text if well_formed >= _WELL_FORMED * strays else None


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    """One byte alone is of Windows-1252; a broken sequence stays one replacement character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("windows-1252", "replace") if len(stray) == 1 else "\ufffd", error.end


codecs.register_error("windows-1252-strays", _read_stray)
