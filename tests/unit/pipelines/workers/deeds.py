"""Work for tests: words are turned round, and some are the end of the process that reads them."""

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path

from pipelines.workers.work import Work


def turned(words: list[str]) -> list[str]:
    return [_turned(word) for word in words]


def _turned(word: str) -> str:
    if word == "segfault":
        ctypes.string_at(0)
    elif word == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word.startswith("exit "):
        os._exit(int(word.removeprefix("exit ")))
    elif word == "system exit":
        sys.exit(3)
    elif word == "loop":
        re.fullmatch("(a|a)*b", "a" * 60)
    elif word == "error":
        raise ZeroDivisionError("no such word")
    elif word.startswith("once "):
        _die_once(Path(word.removeprefix("once ")))
    elif word.startswith("counted "):
        return _counted(Path(word.removeprefix("counted ")))
    elif word.startswith("killed "):
        _counted(Path(word.removeprefix("killed ")))
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "slow":
        time.sleep(0.2)
    elif word == "who":
        return str(os.getpid())
    return word[::-1]


def _die_once(path: Path) -> None:
    """Kill the process, but not the one that comes after it."""
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _counted(path: Path) -> str:
    """How often this was done, in whichever process."""
    with path.open("a") as notes:
        notes.write("x")
    return str(path.stat().st_size)


def _joined(parts: list[list[str]]) -> list[str]:
    return [word for part in parts for word in part]


TURN = Work(turned, _joined, lambda word, why: [f"{word}: {why}"])
