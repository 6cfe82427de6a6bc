"""Whole processes, measured: CPU seconds and peak memory of a command and its children."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took. CPU seconds are user and system; memory is the largest process's."""

    cpu: float
    wall: float
    peak_mib: float


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end and return its cost.

    Raises:
        RuntimeError: it did not end with 0.
    """
    began = time.monotonic()
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(command)} failed")
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / unit)
