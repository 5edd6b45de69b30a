"""Runs one emulator on a leash: it ends, with all it started and wrote, when its stdin closes.

A pipe closes however its owner dies, so nobody has to catch a signal for this, SIGKILL included.

    python leash.py moto|ministack

Must lead its own process group. The first line of stdout is {"port": …, "dir": …}. The socket is
listening by then: nobody can take the port, and a request waits until the emulator is ready.
"""

import asyncio
import json
import logging
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading


def main(name):
    directory = tempfile.mkdtemp(prefix=f"portcullis-{name}-")
    threading.Thread(target=hold, args=(directory,), daemon=True).start()
    try:
        with listen() as server:
            port = server.getsockname()[1]
            print(json.dumps({"port": port, "dir": directory}), flush=True)
            tempfile.tempdir = os.environ["TMPDIR"] = os.environ["HOME"] = directory
            # MiniStack's worker is CommonJS; a package.json above TMPDIR may say "module".
            with open(os.path.join(directory, "package.json"), "w") as file:
                file.write('{"type":"commonjs"}\n')
            emulators[name](server, port)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def hold(directory):
    while os.read(0, 4096):
        pass
    shutil.rmtree(directory, ignore_errors=True)
    os.killpg(os.getpid(), signal.SIGKILL)


def listen():
    server = socket.socket()
    server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server.bind(("127.0.0.1", 0))
    server.listen(128)
    return server


def moto(server, port):
    os.environ["MOTO_PORT"] = str(port)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
    from werkzeug.serving import make_server

    app = DomainDispatcherApplication(create_backend_app)
    make_server("127.0.0.1", port, app, True, request_handler=MotoRequestHandler, fd=server.fileno()).serve_forever()


def ministack(server, port):
    os.environ["GATEWAY_PORT"] = str(port)
    # As MiniStack's own main does: bursts of Lambda workers need more than macOS's 256 files.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (ValueError, OSError):
        pass
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    from ministack.app import app
    from ministack.services import eventbridge, lambda_svc, scheduler

    # No setting shortens these waits: up to 10 s until a schedule fires, 0.5 s until a new function is active.
    scheduler._SCHEDULE_TICK_INTERVAL = 1
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0
    # As in AWS, only its own services put `aws.*` events on a bus. Nothing here sends findings or CloudTrail records:
    # whoever replays them stands in for those services.
    assert eventbridge._put_events.__defaults__ == (False,), "MiniStack changed how it refuses aws.* events"
    eventbridge._put_events.__defaults__ = (True,)

    config = Config()
    config.bind = [f"fd://{server.detach()}"]
    config.keep_alive_timeout = 75
    config.loglevel = os.environ["LOG_LEVEL"]
    asyncio.run(serve(app, config))


emulators = {"moto": moto, "ministack": ministack}

if __name__ == "__main__":
    main(sys.argv[1])
