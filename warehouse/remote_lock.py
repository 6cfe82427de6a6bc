"""One build at a time on a warehouse in a bucket, by tickets.

Who wants to build puts a ticket there, then lists all of them: where there is another one, it takes
its own back. Listings tell of every write before them (so S3 promises since 2020), thus of two that
come at once each sees the other's unless that came later; both may give way, never both go on. A
ticket is renewed while its build lives; one that was not for long is a dead build's. Ages are told
by the server's clock alone.
"""

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warehouse import locations
from warehouse.locations import LocationError, Prefix
from warehouse.storage import WarehouseError, atomic_path

_FOLDER = "locks"
#: Seconds between two renewals, and after which a ticket that was not renewed is void.
_RENEWED, _VOID = 60.0, 600


@contextmanager
def held(place: Prefix, folder: Path) -> Iterator[None]:
    """Hold a warehouse in a bucket for one build.

    Args:
        place: the warehouse.
        folder: the working folder, which this process holds alone; a ticket that a dead build of
            the same folder left is free at once.

    Raises:
        WarehouseError: another build holds it.
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    tickets, own = place.below(_FOLDER), _name(folder)
    ticket = f"process {os.getpid()} on {socket.gethostname()}".encode()
    locations.put_bytes(ticket, tickets / own)
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(ended, tickets, own, ticket), daemon=True)
    try:
        _give_way(tickets, own)
        renewing.start()
        yield
    finally:
        ended.set()
        if renewing.is_alive():
            renewing.join()
        with suppress(LocationError):  # it is void soon
            locations.remove([own], tickets)


def _give_way(tickets: Prefix, own: str) -> None:
    seconds = {name: second for name, (_, second) in locations.objects(tickets)}
    now = seconds.pop(own, max(seconds.values(), default=0))
    void = [name for name, second in seconds.items() if now - second > _VOID]
    locations.remove(void, tickets)
    for name in sorted(seconds.keys() - set(void)):
        who = locations.get(tickets / name)
        if who is not None:
            raise WarehouseError(
                f"The warehouse {str(tickets).removesuffix(f'/{_FOLDER}')} is in use by "
                f"{who.decode(errors='replace')}; wait for it to end. If it died, the next build "
                f"may begin {_VOID // 60} minutes after."
            )


def _renew(ended: threading.Event, tickets: Prefix, own: str, ticket: bytes) -> None:
    while not ended.wait(_RENEWED):
        with suppress(LocationError):  # a server that is away for good ends the build elsewhere
            locations.put_bytes(ticket, tickets / own)


def _name(folder: Path) -> str:
    """The name of a working folder, by which it is known among those of all machines."""
    path = folder / ".name"
    if not path.exists():
        with atomic_path(path) as temporary:
            temporary.write_text(secrets.token_hex(8))
    return path.read_text()
