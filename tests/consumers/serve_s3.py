"""OpenStack Swift with its S3 interface: all its servers in this process, objects in memory.

Prints the address that it answers on as a line of JSON, and serves until it is ended.

usage: serve_s3.py FOLDER ACCESS_KEY SECRET_KEY [PORT]
"""

import json
import sys
from pathlib import Path

from swift.common import utils

utils.monkey_patch()

import eventlet  # noqa: E402 (what comes after must find the patched modules)
from eventlet import wsgi  # noqa: E402
from paste.deploy import loadapp  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402

HOST, DEVICE = "127.0.0.1", "disk"
BACKENDS = {"account": "account", "container": "container", "object": "mem_object"}
SWIFT = """[swift-hash]
swift_hash_path_suffix = suffix
swift_hash_path_prefix = prefix
"""
DEFAULT = """[DEFAULT]
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
log_level = CRITICAL
"""
BACKEND = """[app:main]
use = egg:swift#{app}
"""
PROXY = """[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth copy slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret} .admin
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
"""


def serve(folder: Path, access: str, secret: str, port: int) -> None:
    """Start all servers; an access key is ACCOUNT:USER."""
    (folder / "devices" / DEVICE).mkdir(parents=True)
    (folder / "swift.conf").write_text(SWIFT)
    utils.set_swift_dir(str(folder))
    sockets = {name: eventlet.listen((HOST, 0)) for name in BACKENDS}
    for name, socket in sockets.items():
        build_ring(folder / f"{name}.ring.gz", socket.getsockname()[1])
    for name, socket in sockets.items():
        app = load(folder, name, BACKEND.format(app=BACKENDS[name]))
        eventlet.spawn(wsgi.server, socket, app, log_output=False)
    account, user = access.split(":")
    proxy = load(folder, "proxy", PROXY.format(account=account, user=user, secret=secret))
    front = eventlet.listen((HOST, port))
    print(json.dumps(f"http://{HOST}:{front.getsockname()[1]}"), flush=True)
    wsgi.server(front, proxy, log_output=False)


def build_ring(path: Path, port: int) -> None:
    builder = RingBuilder(1, 1, 0)
    where = {"ip": HOST, "port": port, "device": DEVICE, "region": 1, "zone": 1, "weight": 1.0}
    builder.add_dev(where)
    builder.rebalance()
    builder.get_ring().save(str(path))


def load(folder: Path, name: str, text: str) -> object:
    path = folder / f"{name}.conf"
    path.write_text(DEFAULT.format(folder=folder) + text)
    return loadapp(f"config:{path}")


if __name__ == "__main__":
    place, key, secret_key, *at = sys.argv[1:]
    serve(Path(place), key, secret_key, int(at[0]) if at else 0)
