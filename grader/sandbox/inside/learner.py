"""L: the confined process that runs a learner's code, in this very interpreter.

It is told one call at a time, so that code can never see a case before its turn, and it knows
no expected value. Whatever it says is only ever a value or an exception, claimed by a learner.
"""

from __future__ import annotations

import atexit
import builtins
import gc
import linecache
import mmap
import os
import socket
import sys
import threading
import types
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from grader.sandbox import frames
from grader.sandbox.codec import Unencodable, decode, describe
from grader.sandbox.inside.exceptions import in_words
from grader.sandbox.inside.served import Served

WARM = (  # what honest programs import
    "abc ast asyncio base64 bisect calendar collections.abc contextlib copy csv dataclasses "
    "datetime decimal enum fractions functools graphlib hashlib heapq html inspect io itertools "
    "json keyword linecache locale logging math numbers operator pprint queue random re secrets "
    "shutil sqlite3 statistics string struct tempfile textwrap time timeit token tokenize "
    "traceback types typing unicodedata unittest unittest.mock uuid weakref zoneinfo "
    "encodings.idna encodings.latin_1 encodings.ascii encodings.utf_16 encodings.utf_8_sig"
)

_RESERVE = 4 << 20  # given back when memory runs out, so that we can still say so
_THREAD_STACK = 2 << 20


def warm(options: dict[str, Any]) -> None:
    """Load what honest programs import, once for all children."""
    for name in WARM.split():
        import_module(name)
    site = import_module("_sitebuiltins")
    builtins.exit = site.Quitter("exit", "Ctrl-D (i.e. EOF)")
    builtins.quit = site.Quitter("quit", "Ctrl-D (i.e. EOF)")
    threading.stack_size(_THREAD_STACK)
    _rehearse(options["folder"])
    for name in [name for name in sys.modules if name.split(".")[0] == "grader"]:
        del sys.modules[name]  # ours is of no use to a learner


_REHEARSAL = """
def double(values, factor=2):
    if not values:
        raise ValueError("nothing")
    return [value * factor for value in values]
"""
_OFTEN_ENOUGH = 40  # for Python to have made its own short cuts in our code


def _rehearse(folder: str) -> None:
    """Go through the motions, so that no child has to warm up to them."""
    path = f"{folder}/rehearsal.py"
    with open(path, "w") as program:  # noqa: PTH123
        program.write(_REHEARSAL)
    sys.path.insert(0, folder)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        learner = Learner(theirs, folder=folder)
        frames.send(ours, ["import", "rehearsal.py"])
        for args in [[[1, 2]]] * _OFTEN_ENOUGH + [[[]]]:
            frames.send(ours, ["call", "double", args, {"dict": []}])
        ours.shutdown(socket.SHUT_WR)
        learner.serve()
    sys.path.remove(folder)
    sys.path_importer_cache.pop(folder)
    del sys.modules["rehearsal"]
    linecache.clearcache()


def begin(speaker: socket.socket, *, folder: str) -> Callable[[], None]:
    """Called before the walls stand; what it returns is called when they do."""
    learner = Learner(speaker, folder=folder)
    return learner.serve


class Learner:
    """Answers the supervisor's requests one by one."""

    def __init__(self, speaker: socket.socket, *, folder: str) -> None:
        self.speaker = speaker
        self.folder = folder
        self.program = types.ModuleType("solution")
        self.reserve: mmap.mmap | None = mmap.mmap(-1, _RESERVE)  # untouched, so it costs nothing
        self.doing: dict[str, Callable[..., dict[str, Any]]] = {
            "import": self.load,
            "call": self.call,
            "run": self.run,
        }

    def serve(self) -> None:
        """Do as the first request says; an open file that came with it is for its work."""
        request, given = frames.receive_with(self.speaker)
        if request is not None and request[0] == "serve":
            Served(socket.socket(fileno=given[0]), folder=self.folder).serve()
            return
        if given:
            os.dup2(given[0], 0)
            os.close(given[0])
        while request is not None:
            verb, *words = request
            self.speaker.sendall(self._answer(verb, words))
            request = frames.receive(self.speaker)

    def _answer(self, verb: str, words: list[Any]) -> bytes:
        try:
            answer = self.doing[verb](*words)
            sys.stdout.flush()
            return self._packed(answer)
        except MemoryError:
            self._give_back()
            return frames.packed({"ended": "out_of_memory"})
        except BaseException as problem:  # the learner's, whatever it is
            words_of_it = in_words(problem, folder=self.folder)
            _flush()
            return frames.packed({"ended": "raised", "raised": words_of_it})

    @staticmethod
    def _packed(answer: dict[str, Any]) -> bytes:
        try:
            return frames.packed(answer)
        except Unencodable:
            too_large = {"ended": "returned", "value": {"opaque": "a value that is too large"}}
            return frames.packed(too_large)

    def _give_back(self) -> None:
        if self.reserve is not None:
            self.reserve.close()
            self.reserve = None
        gc.collect()

    def load(self, main: str) -> dict[str, Any]:
        self.program = import_module(
            main.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        )
        return {"ended": "returned"}

    def call(self, function: str, args: Any, kwargs: Any) -> dict[str, Any]:
        try:
            called = getattr(self.program, function)
        except AttributeError:
            return {"ended": "missing"}
        given = decode(args)
        value = called(*given, **decode(kwargs))
        return {"ended": "returned", "value": describe(value), "mutated": describe(given)}

    def run(self, main: str) -> dict[str, Any]:
        """Run the file as ``python main`` would, up to and including what it left for the end."""
        sys.argv[:] = [main]
        path = f"{self.folder}/{main}"
        module = types.ModuleType("__main__")
        module.__file__ = path
        sys.modules["__main__"] = module
        try:
            with open(path, "rb") as source:  # noqa: PTH123
                code = compile(source.read(), path, "exec", dont_inherit=True)
            exec(code, module.__dict__)  # noqa: S102  (what this process is for)
        except SystemExit as leaving:
            if leaving.code not in (None, 0):
                raise
        finally:
            _finish()
        return {"ended": "returned"}


def _finish() -> None:
    """Wait for threads, then run exit functions, in Python's own order."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    _flush()


def _flush() -> None:
    with suppress(BaseException):  # a learner may have closed or replaced it
        sys.stdout.flush()
