"""Hostile compressed files and archives."""

import bz2
import gzip
import io
import stat
import zipfile
from pathlib import Path

from backports import zstd

from tests.counterexamples.documents.case import Rows, article, hostile

MEGABYTE = 2**20
#: More than may come out of a small file.
MUCH = 80


def lines(n: int, start: int) -> bytes:
    return b"".join(b'{"text": "%s"}\n' % article(k)[:-1].encode() for k in range(start, start + n))


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@hostile
def gzip_that_breaks_off(folder: Path) -> Rows:
    (folder / "a.txt.gz").write_bytes(gzip.compress(article(100).encode() * 99)[:-20])
    return {"a.txt.gz": "damaged"}


@hostile
def records_that_break_off(folder: Path) -> Rows:
    """Those before the break count; the file has a row of its own."""
    whole = gzip.compress(lines(3, 110), mtime=0)
    rest = gzip.compress(lines(500, 120), mtime=0)
    (folder / "a.jsonl.gz").write_bytes(whole + rest[:10])
    return {f"a.jsonl.gz#{n}": None for n in (1, 2, 3)} | {"a.jsonl.gz": "damaged"}


@hostile
def zstandard_that_breaks_off(folder: Path) -> Rows:
    (folder / "a.txt.zst").write_bytes(zstd.compress(article(101).encode() * 99)[:-5])
    return {"a.txt.zst": "damaged"}


@hostile
def bzip2_with_a_flipped_bit(folder: Path) -> Rows:
    data = bytearray(bz2.compress(article(102).encode() * 99))
    data[len(data) // 2] ^= 1
    (folder / "a.md.bz2").write_bytes(data)
    return {"a.md.bz2": "damaged"}


@hostile
def packed_in_name_only(folder: Path) -> Rows:
    for name in ("a.txt.gz", "b.txt.zst", "c.txt.bz2", "d.zip"):
        (folder / name).write_text(article(103))
    return dict.fromkeys(("a.txt.gz", "b.txt.zst", "c.txt.bz2", "d.zip"), "damaged")


@hostile
def gzip_of_nothing(folder: Path) -> Rows:
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(b""))
    return {"a.jsonl.gz": "empty"}


@hostile
def a_gzip_bomb(folder: Path) -> Rows:
    with gzip.open(folder / "a.jsonl.gz", "wb") as file:
        file.write(lines(1, 104))
        for _ in range(MUCH):
            file.write(bytes(MEGABYTE))
    return {"a.jsonl.gz#1": None, "a.jsonl.gz": "too_large"}


@hostile
def a_zip_bomb(folder: Path) -> Rows:
    """The first members are small enough; all together they are not."""
    members = {f"{n}.txt": bytes(20 * MEGABYTE) for n in range(4)}
    (folder / "a.zip").write_bytes(zipped({"0.md": article(105).encode(), **members}))
    return {f"a.zip!{n}.txt": "too_large" for n in range(4)} | {"a.zip!0.md": None}


@hostile
def one_member_listed_twice(folder: Path) -> Rows:
    """As in a bomb whose members overlap."""
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.txt", article(106))
        archive.filelist.append(archive.filelist[0])
    return {"a.zip!a.txt": None, "a.zip!a.txt~2": "same_content"}


@hostile
def packed_twice(folder: Path) -> Rows:
    inner = zipped({"a.txt": article(107).encode()})
    packed = gzip.compress(article(107).encode())
    (folder / "a.zip").write_bytes(zipped({"b.zip": inner, "c.txt.gz": packed}))
    (folder / "d.txt.gz.gz").write_bytes(gzip.compress(packed))
    (folder / "e.zip.bz2").write_bytes(bz2.compress(inner))
    names = ("a.zip!b.zip", "a.zip!c.txt.gz", "d.txt.gz.gz", "e.zip.bz2")
    return dict.fromkeys(names, "nested_archive")


@hostile
def members_that_climb_out(folder: Path) -> Rows:
    names = ("../../x.txt", "/etc/passwd.txt", "..\\y.txt", "a/./../b.txt")
    members = {name: article(130 + n).encode() for n, name in enumerate(names)}
    (folder / "a.zip").write_bytes(zipped(members))
    return dict.fromkeys(
        ("a.zip!x.txt", "a.zip!etc/passwd.txt", "a.zip!y.txt", "a.zip!a/b.txt"), None
    )


@hostile
def members_of_one_name(folder: Path) -> Rows:
    members = {"a.txt": b"x1. " * 9, "./a.txt": b"x2. " * 9, "b/../a.txt": b"", ".hidden": b"x"}
    (folder / "a.zip").write_bytes(zipped(members))
    return {"a.zip!a.txt": None, "a.zip!a.txt~2": None, "a.zip!b/a.txt": "empty"}


@hostile
def an_archive_of_nothing(folder: Path) -> Rows:
    (folder / "a.zip").write_bytes(zipped({}))
    (folder / "b.zip").write_bytes(zipped({"folder/": b"", ".DS_Store": b"x"}))
    return {"a.zip": "empty", "b.zip": "empty"}


@hostile
def an_archive_that_breaks_off(folder: Path) -> Rows:
    data = zipped({"a.txt": article(108).encode() * 99})
    (folder / "a.zip").write_bytes(data[: len(data) // 2])
    return {"a.zip": "damaged"}


@hostile
def a_damaged_member(folder: Path) -> Rows:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.txt", article(109))
        archive.writestr("b.jsonl", lines(2, 140))
        archive.writestr("c.txt", article(142))
    data = (folder / "a.zip").read_bytes().replace(b"number 109", b"number 1O9")
    (folder / "a.zip").write_bytes(data)
    return {
        "a.zip!a.txt": "damaged",
        "a.zip!b.jsonl#1": None,
        "a.zip!b.jsonl#2": None,
        "a.zip!c.txt": None,
    }


@hostile
def a_member_under_a_password(folder: Path) -> Rows:
    data = bytearray(zipped({"a.txt": article(143).encode()}))
    data[6] |= 1  # the flag of encryption, in the member's header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (folder / "a.zip").write_bytes(data)
    return {"a.zip!a.txt": "unreadable"}


@hostile
def a_link_as_member(folder: Path) -> Rows:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return {"a.zip!a.txt": "unsupported_format"}
