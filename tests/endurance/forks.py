"""Runs the command over and over without its start-up: each time in a fork, which may be killed.

A process of its own, with the faults of `faults.c` loaded. Takes a line of JSON for each call on
stdin, gives one on stdout: the exit code, or minus the signal that ended it. The fork does what the
installed command does, from `main` on. Only what is loaded once stems from before: the first call
is not forked, so that all later ones find imports, templates and word vectors in memory.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import json
import os
import signal
import sys
import threading
import traceback
from typing import Any, NoReturn

HANGS_SECONDS = 60.0  # after which a run says where it stands, and ends


def serve() -> None:
    """Answer calls until stdin ends."""
    questions, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w")
    for turn, line in enumerate(questions):
        call = json.loads(line)
        if turn == 0:
            print(_done(call), file=answers, flush=True)
            continue
        number = os.fork()
        if not number:
            _do_and_exit(call)
        print(_ended(number, call["seconds"]), file=answers, flush=True)


def _do_and_exit(call: dict[str, Any]) -> NoReturn:
    code = 70
    faulthandler.dump_traceback_later(HANGS_SECONDS, exit=True)
    try:
        code = _done(call)
        # An interpreter that ends closes what is open; SQLite then tidies up its journal.
        gc.collect()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _ended(number: int, seconds: float | None) -> int:
    """Wait for a fork, kill it after some seconds if so asked; return how it ended."""
    killer = threading.Timer(seconds or 0, os.kill, [number, signal.SIGKILL])
    if seconds is not None:
        killer.start()
    _, status = os.waitpid(number, 0)
    if seconds is not None:
        killer.cancel()
        killer.join()  # no fork while a thread is about
    return os.waitstatus_to_exitcode(status)


def _done(call: dict[str, Any]) -> int:
    """Do what the command does; return its exit code."""
    from pipeline.cli.main import main

    for number, path in ((0, os.devnull), (1, call["stdout"]), (2, call["stderr"])):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.argv[0] = "touchpoints"
    os.environ.update(call["environment"])
    ctypes.CDLL(None).faults_arm(
        call["root"].encode(), call["mode"], ctypes.c_long(call["at"]), call["journal"].encode()
    )
    try:
        main(call["arguments"])
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve()
