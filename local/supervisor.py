"""Runs one emulator and ends it, with every process and file it made, when stdin closes.

A pipe closes whichever way its owner ends, SIGKILL included, so no signal has to be handled.

    python supervisor.py moto|ministack

Must lead its own process group. The first line of stdout is {"port": …, "dir": …}. The socket listens by then:
no other process can take the port, and a request waits until the emulator is ready.
"""

import asyncio
import json
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
    from moto_server import serve

    serve(server, port)


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
    # As in AWS, only its own services put `aws.*` events on a bus. Neither emulator sends findings or CloudTrail
    # records: a replay stands in for those services.
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
