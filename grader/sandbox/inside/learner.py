"""L: the confined process that runs a learner's code, in this very interpreter.

It is told one call at a time, so that code can never see a case before its turn, and it knows
no expected value. Whatever it says is only ever a value or an exception, claimed by a learner.
"""

from __future__ import annotations

import atexit
import builtins
import gc
import io
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
from importlib.machinery import PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from typing import Any

from grader.sandbox import frames
from grader.sandbox.codec import Unencodable, decode, describe
from grader.sandbox.codec.caps import MAX_FRAME
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
_MOST_ANSWERED = MAX_FRAME - 64  # bytes: leaves room for a note that something was printed


def warm(options: dict[str, Any]) -> None:
    """Load what honest programs import, once for all children."""
    for name in WARM.split():
        import_module(name)
    site = import_module("_sitebuiltins")
    builtins.exit = site.Quitter("exit", "Ctrl-D (i.e. EOF)")
    builtins.quit = site.Quitter("quit", "Ctrl-D (i.e. EOF)")
    threading.stack_size(_THREAD_STACK)
    _count_what_is_printed()
    _rehearse(options["folder"])
    for name in [name for name in sys.modules if name.split(".")[0] == "grader"]:
        del sys.modules[name]  # ours is of no use to a learner


class _Counted(io.FileIO):
    """Standard output, and how much has been written to it."""

    written = 0

    def write(self, text: Any) -> int:
        count = super().write(text)
        self.written += count
        return count


_STDOUT = _Counted(1, "w", closefd=False)


def _count_what_is_printed() -> None:
    _STDOUT.name = "<stdout>"
    usual = sys.stdout
    sys.stdout = sys.__stdout__ = io.TextIOWrapper(  # type: ignore[misc]
        io.BufferedWriter(_STDOUT), encoding=usual.encoding, errors=usual.errors
    )


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
        args = [[[1, 2]]] * _OFTEN_ENOUGH + [[[]]]
        frames.send(ours, ["calls", [["double", each, {"dict": []}] for each in args]])
        ours.shutdown(socket.SHUT_WR)
        learner.serve()
    sys.path.remove(folder)
    sys.path_importer_cache.pop(folder)
    del sys.modules["rehearsal"]
    linecache.clearcache()


class _FromMemory(SourceFileLoader):
    """Finds and loads the rehearsal as if it were a file."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        PathFinder.find_spec(f"{name}_absent")
        return spec_from_file_location(name, self.path, loader=self)

    def path_stats(self, path: str | bytes) -> dict[str, Any]:
        return {"mtime": 1.0, "size": len(_REHEARSAL)}

    def get_data(self, path: str | bytes) -> bytes:
        if str(path).endswith(".py"):
            return _REHEARSAL.encode()
        raise FileNotFoundError(path)


def _rehearse_in_child(learner: Learner, folder: str, *, beside_tests: bool) -> None:
    """Touch now what a program will need, so that this process has its own copy of it.

    Nothing in the folder is read: what another program may be writing there isn't ours.
    """
    sys.meta_path.insert(0, _FromMemory("rehearsal", f"{folder}/rehearsal.py"))
    learner.load("rehearsal.py")
    sys.meta_path.pop(0)
    for values in ([1, 2], [0.5], []):
        frames.packed(learner._answer("call", ["double", [values], {"dict": []}]))
    if beside_tests:
        _rehearse_beside_tests(learner, folder)
    del sys.modules["rehearsal"]
    sys.path_importer_cache.pop(folder, None)
    linecache.clearcache()


def _rehearse_beside_tests(learner: Learner, folder: str) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        served = Served(theirs, folder=folder)
        served.number(learner.program)
        served.reply(["do", "get", [{"handle": 0}, "double"], []])
        for values in ([0.5], []):
            served.reply(["call", 1, [{"tuple": values}], {}, []])


def begin(speaker: socket.socket, *, folder: str, use: str) -> Callable[[], None]:
    """Called before the walls stand; what it returns is called when they do. ``use`` is what it
    will probably be for: a script is run so briefly that nothing is won by rehearsing it."""
    learner = Learner(speaker, folder=folder)
    if use != "script":
        _rehearse_in_child(learner, folder, beside_tests=use == "tests")
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
            Served(socket.socket(fileno=given[0]), folder=self.folder).serve(request[1])
            return
        if given:
            os.dup2(given[0], 0)
            os.close(given[0])
        while request is not None:
            verb, *words = request
            if verb == "calls":
                self._answer_all(words[0])
            else:
                self.speaker.sendall(frames.packed(self._answer(verb, words)))
            request = frames.receive(self.speaker)

    def _answer_all(self, calls: list[list[Any]]) -> None:
        """One answer per call. Whoever prints waits until the supervisor has taken it in."""
        for words in calls:
            before = _STDOUT.written
            answer = self._answer("call", words)
            printed = _STDOUT.written != before
            self.speaker.sendall(frames.packed({**answer, "printed": printed}))
            if answer["ended"] == "out_of_memory":
                return
            if printed and words is not calls[-1]:
                frames.receive(self.speaker)

    def _answer(self, verb: str, words: list[Any]) -> dict[str, Any]:
        try:
            answer = self.doing[verb](*words)
            sys.stdout.flush()
            return self._fitting(answer)
        except MemoryError:
            self._give_back()
            return {"ended": "out_of_memory"}
        except BaseException as problem:  # the learner's, whatever it is
            words_of_it = in_words(problem, folder=self.folder)
            _flush()
            return {"ended": "raised", "raised": words_of_it}

    @staticmethod
    def _fitting(answer: dict[str, Any]) -> dict[str, Any]:
        try:
            frames.packed(answer, limit=_MOST_ANSWERED)
        except Unencodable:
            return {"ended": "returned", "value": {"opaque": "a value that is too large"}}
        return answer

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
