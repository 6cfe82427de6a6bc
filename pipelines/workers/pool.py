"""Processes of this machine: one dies, another takes its place, and the rest never notice.

A process that holds all that the work needs (the template) makes the workers by forking: they are
there at once, and share its memory. Each has a thread here that sends it work and waits for the
result.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import socket
import struct
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any

from pipelines.workers.work import (
    DeathError,
    Item,
    KilledError,
    Request,
    Result,
    Work,
    WorkersError,
    done,
    in_order,
    one_by_one,
    request,
)

#: Lists of items that are taken for each worker before the first of the results is asked for.
_AHEAD = 4
#: What a template says: what happened, and a number.
_HEAD = struct.Struct("<cq")
_BORN, _DIED, _FAILED = b"B", b"D", b"F"
#: Signals that come from without: of a person, or of a kernel that needs memory, whoever took it.
_FROM_WITHOUT = (signal.SIGKILL, signal.SIGTERM)

_Job = tuple["Future[Any]", Callable[[], object]]


class Pool(AbstractContextManager["Pool"]):
    """Processes of this machine, started when the first work comes."""

    def __init__(self, number: int, prepare: Callable[[], object] = gc.collect) -> None:
        """Take note of what is needed.

        Args:
            number: how many workers.
            prepare: what the template does once, so that workers need not; known by its name.
        """
        self._number, self._prepare = number, prepare
        self._jobs: SimpleQueue[tuple[Future[Any], Work[Any, Any], list[Any]] | None]
        self._jobs = SimpleQueue()
        self._templates: list[BaseProcess] = []
        self._threads: list[Thread] = []
        self.is_closing = False

    def map(self, work: Work[Item, Result], items: Iterable[list[Item]]) -> Iterator[Result]:
        """The results in the order of the items, which are read no further ahead than need be.

        Nothing is started for a list that is empty.

        Raises:
            WorkersError: no worker could be started.
        """

        def ask(some: list[Item]) -> Callable[[], Result]:
            if not some:
                return lambda: work.join([])
            future: Future[Result] = Future()
            self._start()
            self._jobs.put((future, work, some))
            return future.result

        return in_order(ask, items, lambda: _AHEAD * self._number)

    def _start(self) -> None:
        if self._threads:
            return
        for control in self.start_template(self._number):
            thread = Thread(target=self._serve, args=(control,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def start_template(self, number: int) -> list[socket.socket]:
        """Start a process that makes so many workers; for each a socket that tells of it."""
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process a core; threads would fight
        pairs = [socket.socketpair() for _ in range(number)]
        theirs = [pair[1] for pair in pairs]
        process = multiprocessing.get_context("spawn").Process(
            target=_be_template, args=(theirs, self._prepare), daemon=True
        )
        process.start()
        self._templates.append(process)
        for end in theirs:
            end.close()
        return [pair[0] for pair in pairs]

    def _serve(self, control: socket.socket) -> None:
        """Hand one worker after the other what is to be done; a thread a worker."""
        with _Worker(self, control) as worker:
            while (job := self._jobs.get()) is not None:
                future, work, items = job
                try:
                    future.set_result(worker.result(work, items))
                except BaseException as error:  # it is raised where the result is asked for
                    future.set_exception(error)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the processes end; after an error at once, without what waits."""
        if error is not None:
            self.is_closing = True
            with suppress(Empty):
                while True:
                    self._jobs.get_nowait()
            for template in self._templates:
                template.terminate()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        for template in self._templates:
            template.join()
        self._threads, self._templates = [], []


class _Worker(AbstractContextManager["_Worker"]):
    """The process that does the work at one place of the pool, and all that follow it there."""

    def __init__(self, pool: Pool, control: socket.socket) -> None:
        self._pool, self._control = pool, control
        self._connection: Connection | None = None

    def result(self, work: Work[Item, Result], items: list[Item]) -> Result:
        """The result of some work, without the items that no process survives."""
        asked = request(work, items)
        try:
            result: Result = self._ask(asked) if len(items) == 1 else self._twice(asked)
        except DeathError:
            return one_by_one(self._ask, work, items)
        return result

    def _twice(self, asked: Request) -> Any:  # noqa: ANN401
        """The answer; a process that is killed is followed by another one, which is asked the same.

        Killed, it mostly had nothing to do with what was asked, and items together take less time
        than each alone. What crashes, or takes too long, would do so again.
        """
        try:
            return self._ask(asked)
        except KilledError:
            return self._ask(asked)

    def _ask(self, asked: Request) -> Any:  # noqa: ANN401
        if self._connection is None:
            self._connection = self._next()
        began = time.monotonic()
        try:
            self._connection.send(asked)
            is_good, answer = self._connection.recv()
        except (EOFError, OSError):
            raise self._death(time.monotonic() - began, asked.seconds) from None
        if is_good:
            return answer
        raise answer

    def _death(self, seconds: float, limit: float) -> DeathError:
        """Of what the process died, after the word “process”."""
        if self._pool.is_closing:
            raise WorkersError("The workers were stopped.")
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        kind, code = self._heard()[:2]
        if seconds >= limit:
            return DeathError(f"took longer than {limit:.0f} seconds")
        if kind == _DIED and code >= 0:
            return DeathError(f"ended with exit code {code}")
        number = signal.Signals(-code) if kind == _DIED else signal.SIGKILL
        memory = ", as happens where memory is short" if number == signal.SIGKILL else ""
        death = KilledError if number in _FROM_WITHOUT else DeathError
        return death(f"was killed ({number.name}){memory}")

    def _next(self) -> Connection:
        """The connection to the next process.

        Raises:
            WorkersError: there is none.
        """
        kind, number, handles = self._heard()
        if kind == b"" and not self._pool.is_closing:
            # The template was killed; this place gets another.
            self._control.close()
            (self._control,) = self._pool.start_template(1)
            kind, number, handles = self._heard()
        if kind == _BORN:
            os.set_inheritable(handles[0], False)
            return Connection(handles[0])
        if kind == _FAILED:
            error: Exception = pickle.loads(self._control.recv(number, socket.MSG_WAITALL))
            raise error
        raise WorkersError(
            "The worker processes could not start: they were killed while they loaded the language "
            "model, as happens where memory is short. Free some, or build with fewer workers."
        )

    def _heard(self) -> tuple[bytes, int, list[int]]:
        """What the template says next; nothing where it is no more."""
        with suppress(OSError):
            head, handles, _, _ = socket.recv_fds(self._control, _HEAD.size, 1)
            if len(head) == _HEAD.size:
                return *_HEAD.unpack(head), handles
        return b"", 0, []

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close both lines; the template first, so that it makes no more workers."""
        self._control.close()
        if self._connection is not None:
            self._connection.close()


def _be_template(controls: Sequence[socket.socket], prepare: Callable[[], object]) -> None:
    """Make a worker for each control, and another for each that died, until nobody listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's Ctrl-C is the parent's affair
    places: dict[int, socket.socket] = {}

    def stop(number: int, frame: object) -> None:
        for worker in places:
            os.kill(worker, signal.SIGKILL)
        os._exit(1)

    signal.signal(signal.SIGTERM, stop)
    try:
        prepare()
    except Exception as error:
        said = pickle.dumps(error)
        for control in controls:
            control.sendall(_HEAD.pack(_FAILED, len(said)) + said)
        return
    gc.collect()
    gc.freeze()  # the collector would write to, and so copy, memory that is shared with workers
    for control in controls:
        places[_fork(control, controls)] = control
    while places:
        pid, status = os.waitpid(-1, 0)
        control = places.pop(pid)
        with suppress(OSError):  # it is the parent that ended, or is done
            control.sendall(_HEAD.pack(_DIED, os.waitstatus_to_exitcode(status)))
            places[_fork(control, controls)] = control


def _fork(control: socket.socket, controls: Sequence[socket.socket]) -> int:
    """Make a worker and pass the line to it on through its control; its process id."""
    theirs, own = multiprocessing.Pipe()
    pid = os.fork()
    if pid == 0:
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for other in controls:
                other.close()
            theirs.close()
            _be_worker(own)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    own.close()
    try:
        socket.send_fds(control, [_HEAD.pack(_BORN, pid)], [theirs.fileno()])
    finally:
        theirs.close()
    return pid


def _be_worker(line: Connection) -> None:
    """Do what comes in until nothing comes any more."""
    while True:
        try:
            asked = line.recv()
        except (EOFError, ConnectionError):
            os._exit(0)
        try:
            answer = (True, done(asked))
        except Exception as error:
            error.add_note(traceback.format_exc())
            answer = (False, error)
        try:
            line.send(answer)
        except ConnectionError:
            os._exit(0)
