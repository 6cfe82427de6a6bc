"""An answer of a web server as a crawler kept it: status line, header, body."""

import contextlib
import http.client
import io
import re
import zlib
from dataclasses import dataclass
from socket import socket
from typing import cast

from pipelines.documents.record import RefusedError
from warehouse.tables.inputs import MAX_RECORD_BYTES

#: zlib's word for “gzip or zlib, tell by the header”.
_ANY_HEADER = 47
_NO_HEADER = -zlib.MAX_WBITS
_LOOKED_AT = 2**10
_VERSION = re.compile(rb"\AHTTP/\d(?:\.\d)?")


class NotHttpError(ValueError):
    """The bytes are no answer in HTTP/1."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, the type and encoding that the server gives, and the body, unpacked."""

    status: int
    media_type: str
    charset: str | None
    body: bytes


class _Kept:
    """The bytes where `http.client` expects a socket."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def makefile(self, mode: str) -> io.BytesIO:
        return self._file


def read_answer(data: bytes) -> Answer:
    """Read an answer; chunks are joined and compression is undone, where they are there.

    Raises:
        NotHttpError: the status line or the header is none.
        RefusedError: the body swells beyond what is read, or is packed in a way that is not read.
    """
    data = _VERSION.sub(b"HTTP/1.1", data, count=1)  # what HTTP/2 says is kept in the form of 1.1
    response = http.client.HTTPResponse(cast(socket, _Kept(data)))
    try:
        response.begin()
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise NotHttpError(type(error).__name__) from error
    body = data[_body_start(data) :]
    if response.chunked:
        # Many crawlers join the chunks and leave the header.
        with contextlib.suppress(http.client.HTTPException, ValueError):
            body = response.read()
    return Answer(
        response.status,
        response.headers.get_content_type(),
        response.headers.get_content_charset(),
        _unpacked(body, response.headers.get("Content-Encoding", "")),
    )


def _body_start(data: bytes) -> int:
    ends = [end + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (end := data.find(mark)) >= 0]
    return min(ends, default=len(data))


def _unpacked(body: bytes, encoding: str) -> bytes:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return body
    if name not in ("gzip", "x-gzip", "deflate"):
        return _unpacked_before(body, name)
    # Many servers leave out the header of zlib that “deflate” means by RFC 9110.
    for header in (_ANY_HEADER, _NO_HEADER) if name == "deflate" else (_ANY_HEADER,):
        with contextlib.suppress(zlib.error):
            unpacked = zlib.decompressobj(header).decompress(body, MAX_RECORD_BYTES + 1)
            break
    else:
        return body  # unpacked by the crawler, the header left
    if len(unpacked) > MAX_RECORD_BYTES:
        why = f"The page is larger than {MAX_RECORD_BYTES:,} bytes when it is unpacked."
        raise RefusedError("too_large", why)
    return unpacked


def _unpacked_before(body: bytes, encoding: str) -> bytes:
    """A body whose packing we do not read, where the crawler undid it and left the header.

    Packed bytes are no UTF-8; a page in another charset opens with its markup.
    """
    start = body[:_LOOKED_AT]
    try:
        start.decode()
    except UnicodeDecodeError as error:
        if error.end < len(start) - 3 and not start.lstrip().startswith(b"<"):
            why = (
                f"The page is packed as “{encoding[:40]}”, which is not read; let the crawler "
                "store pages unpacked or as gzip."
            )
            raise RefusedError("unsupported_format", why) from None
    return body
