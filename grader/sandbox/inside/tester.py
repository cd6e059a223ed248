"""T: the confined process that runs an author's tests. Learner's code never runs here."""

from __future__ import annotations

import inspect
import io
import os
import random
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr
from importlib import import_module
from typing import Any, NoReturn

from grader.sandbox import frames
from grader.sandbox.inside.peer import Peer
from grader.sandbox.inside.remote_errors import WORDS
from grader.sandbox.inside.solution import Finder

_WARM = (
    "pytest _pytest.main _pytest.python _pytest.fixtures _pytest.runner _pytest.unittest "
    "_pytest.assertion.rewrite _pytest.assertion.util _pytest.capture _pytest.monkeypatch "
    "_pytest.approx _pytest.raises _pytest.tmpdir _pytest.skipping _pytest.subtests "
    "_pytest._argcomplete _pytest.helpconfig _pytest.setuponly _pytest.setupplan "
    "_pytest.threadexception _pytest.tracemalloc _pytest.unraisableexception _pytest.warnings pdb "
    "unittest unittest.mock hypothesis hypothesis.strategies "
    "hypothesis.internal.conjecture.engine math random decimal fractions statistics datetime "
    "json itertools functools collections re string io contextlib dataclasses typing copy "
    "asyncio time operator types textwrap enum encodings.idna grader.sandbox.inside.reporter"
)

_OPTIONS = (
    "--capture=sys", "--tb=short", "-q", "-p", "no:cacheprovider",
    "-p", "no:faulthandler", "-p", "no:junitxml", "-p", "no:pastebin",
    "-p", "no:doctest", "-p", "no:stepwise", "-p", "no:logging",
    "-c", os.devnull, "--import-mode=importlib",
)  # fmt: skip


def warm(options: dict[str, Any]) -> None:
    """Load the test frameworks, once for all children."""
    del options
    for name in _WARM.split():
        import_module(name)
    inspect.getmodule(warm.__code__)  # maps files to modules, which each failing test asks for


def begin(order: dict[str, Any], speaker: socket.socket) -> Callable[[], None]:
    """Called before the walls stand; what it returns is called when they do."""
    del order
    channel = socket.socket(fileno=speaker.fileno() + 1)
    return lambda: run(speaker, channel, folder=os.getcwd())  # noqa: PTH109


def run(speaker: socket.socket, channel: socket.socket, *, folder: str) -> None:
    """Import the program, then run the tests, telling the supervisor as it goes."""

    def tell(frame: Any) -> None:
        frames.send(speaker, frame)

    def gone(how: str) -> NoReturn:
        tell({"gone": how})
        os._exit(0)

    order: Any = frames.receive(speaker)
    peer = Peer(channel, gone=gone)
    _settle_in(folder, seed=order["seed"])
    try:
        if _program_loads(peer, tell, main=order["main"]):
            Finder(peer, files=order["program"]).install()
            _run_tests(peer, tell, order=order, folder=folder)
    except BaseException:  # whatever escapes pytest itself
        tell({"broken": traceback.format_exc()[-2000:]})


def _settle_in(folder: str, *, seed: int) -> None:
    sys.path.insert(0, folder)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ["TMPDIR"] = folder
    random.seed(seed)
    hypothesis = import_module("hypothesis")
    hypothesis.settings.register_profile(
        "repeatable",
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("repeatable")


def _program_loads(peer: Peer, tell: Callable[[Any], None], *, main: str) -> bool:
    said = io.StringIO()
    usual, sys.stdout = sys.stdout, said
    try:
        peer.module(main)
    except BaseException as problem:  # the learner's, or it would have ended us
        words = problem.__dict__.get(WORDS)
        if words is None:
            raise
        tell({"problem": words})
        return False
    finally:
        sys.stdout = usual
    tell({"loaded": True})
    return True


def _run_tests(
    peer: Peer, tell: Callable[[Any], None], *, order: dict[str, Any], folder: str
) -> None:
    pytest = import_module("pytest")
    reporter = import_module("grader.sandbox.inside.reporter").Reporter(
        tell, peer=peer, done=frozenset(order["done"]), first=frozenset(order["first"])
    )
    options = [
        *_OPTIONS,
        f"--rootdir={folder}",
        f"--confcutdir={folder}",
        f"--basetemp={folder}/tmp",  # noqa: S108  (our own folder)
    ]
    with redirect_stderr(io.StringIO()) as said:
        status = pytest.main([*options, *order["tests"]], plugins=[reporter])
    tell({"over": int(status), "said": said.getvalue()[-500:]})
