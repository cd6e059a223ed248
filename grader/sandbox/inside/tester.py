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
from contextlib import redirect_stderr, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from grader.sandbox import frames
from grader.sandbox.codec import Unencodable
from grader.sandbox.inside.peer import Peer
from grader.sandbox.inside.remote_errors import WORDS
from grader.sandbox.inside.solution import Finder

if TYPE_CHECKING:
    from grader.sandbox.inside.stage import Stage

_WARM = (
    "pytest _pytest.main _pytest.python _pytest.fixtures _pytest.runner _pytest.unittest "
    "_pytest.assertion.rewrite _pytest.assertion.util _pytest.capture _pytest.monkeypatch "
    "_pytest.approx _pytest.raises _pytest.tmpdir _pytest.skipping _pytest.subtests "
    "_pytest._argcomplete _pytest.helpconfig _pytest.setuponly _pytest.setupplan "
    "_pytest.threadexception _pytest.tracemalloc _pytest.unraisableexception _pytest.warnings pdb "
    "unittest unittest.mock hypothesis hypothesis.strategies "
    "hypothesis.internal.conjecture.engine math random decimal fractions statistics datetime "
    "json itertools functools collections re string io contextlib dataclasses typing copy "
    "asyncio time operator types textwrap enum encodings.idna "
    "grader.sandbox.inside.reporter grader.sandbox.inside.rewriting grader.sandbox.inside.together"
)

STAGE: list[Stage] = []
"""The one that was set up for all children of this template."""


def warm(options: dict[str, Any]) -> None:
    """Load the test frameworks and set them up, once for all children."""
    for name in _WARM.split():
        import_module(name)
    hypothesis = import_module("hypothesis")
    hypothesis.settings.register_profile(
        "repeatable",
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("repeatable")
    STAGE.append(
        import_module("grader.sandbox.inside.stage").Stage(
            options["folder"], shared=options["shared"]
        )
    )
    inspect.getmodule(warm.__code__)  # maps files to modules, which each failing test asks for


def begin(speaker: socket.socket, *, folder: str, use: str) -> Callable[[], None]:
    """Called before the walls stand; what it returns is called when they do."""
    os.dup2(2, 1)  # pytest's own words are for nobody
    STAGE[0].rehearse()
    return lambda: run(speaker, folder=folder)


def run(speaker: socket.socket, *, folder: str) -> None:
    """Import the program, then run the tests, telling the supervisor as it goes."""

    waiting = bytearray()

    def tell(frame: Any) -> None:
        """Send a frame; that a test has finished can wait until the next begins."""
        waiting.extend(frames.packed(frame))
        if "finished" not in frame:
            speaker.sendall(waiting)
            waiting.clear()

    def ask(frame: Any) -> None:
        """Tell, and go on only when it has been taken in."""
        tell(frame)
        speaker.sendall(waiting)
        waiting.clear()
        frames.receive(speaker)

    def gone(how: str) -> NoReturn:
        tell({"gone": how})
        os._exit(0)

    order, given = frames.receive_with(speaker)
    if order is None:
        return
    _prepare(order, tell, folder=folder)
    if order["together"]:
        _run_together(tell, order=order, folder=folder)
        return
    peer = Peer(socket.socket(fileno=given[0]), gone=gone)
    try:
        if _program_loads(peer, tell, main=order["main"]):
            Finder(peer, files=order["program"]).install()
            peer.world.watch()
            _run_tests(peer, tell, order=order, ask=ask)
    except BaseException:  # whatever escapes pytest itself
        tell({"broken": traceback.format_exc()[-2000:]})


def _run_together(tell: Callable[[Any], None], *, order: dict[str, Any], folder: str) -> None:
    """Tests and program in this one process, which is then a learner's to do with as they like."""
    together = import_module("grader.sandbox.inside.together")
    tell({"loaded": True})
    try:
        words = together.words_in(folder, order)
        _run_tests(together.Nobody(), tell, order=order, ask=tell, words=words)
    except BaseException:  # whatever escapes pytest itself
        tell({"broken": traceback.format_exc()[-2000:]})


def _prepare(order: dict[str, Any], tell: Callable[[Any], None], *, folder: str) -> None:
    """What is to be done before anything of the learner's has run."""
    rewriting = import_module("grader.sandbox.inside.rewriting")
    known = dict(order["rewritten"])
    missing = [file for file in order["tests"] if file not in known]
    for file, code in rewriting.made(missing, folder=folder, config=STAGE[0].config):
        known[file] = code
        with suppress(Unencodable):  # too large to be kept
            tell({"rewritten": file, "code": code})
    rewriting.use(known, folder=folder)
    random.seed(order["seed"])


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
    peer: Peer,
    tell: Callable[[Any], None],
    *,
    order: dict[str, Any],
    ask: Callable[[Any], None],
    words: Callable[[BaseException | None], dict[str, Any] | None] | None = None,
) -> None:
    reporter = import_module("grader.sandbox.inside.reporter").Reporter(
        tell,
        ask=ask,
        peer=peer,
        done=frozenset(order["done"]),
        first=frozenset(order["first"]),
        words=words,
    )
    with redirect_stderr(io.StringIO()):
        status, said = STAGE[0].perform(order["tests"], reporter=reporter)
    tell({"over": status, "said": said[-500:]})
