"""Whole processes, measured: CPU seconds and peak memory of a command and its children."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SECONDS_BETWEEN_LOOKS = 0.02
_PEAK = re.compile(r"VmHWM:\s*(\d+) kB")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took. CPU seconds are user and system, of all its processes.

    `peak_mib` is the memory of its largest process, `own_peak_mib` that of the first one, without
    those that it started; 0 where the system does not tell.
    """

    cpu: float
    wall: float
    peak_mib: float
    own_peak_mib: float


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end and return its cost.

    Raises:
        RuntimeError: it did not end with 0.
    """
    began = time.monotonic()
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    own_peak, ended = 0.0, 0
    while not ended:
        own_peak = max(own_peak, _own_peak(process.pid))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        time.sleep(0 if ended else _SECONDS_BETWEEN_LOOKS)
    wall = time.monotonic() - began
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(command)} failed")
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit, own_peak)


def _own_peak(process: int) -> float:
    """The most memory, in MiB, that a process has held so far; it is no more once it has ended."""
    try:
        found = _PEAK.search(Path(f"/proc/{process}/status").read_text("ascii"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
