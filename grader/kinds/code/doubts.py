"""What an exercise's checks have to stand up to: programs that cheat, and small mistakes.

Cheats that pass keep an exercise from being published. Mutants of the reference that pass only
show its author which checks are missing: some change nothing that anyone could notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.authored.spec import CEILINGS
from grader.checks.mutants import Mutant, mutants
from grader.kinds.code.judge import judge
from grader.kinds.code.spec import CodeSpec
from grader.kinds.tools import Phases, Tools
from grader.verdict import Status

MOST_MUTANTS = 40
ENOUGH_KILLED = 0.9  # of the mutants; below that the author is told
MOST_NAMED = 3
_HURRIED = replace(CEILINGS, cpu_per_case=0.3, cpu_total=1.0)
"""Many a mutant never ends; the reference has shown that it needs far less."""

_ALWAYS = """class Always:
    def __init__(self, *args, **kwargs): pass
    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return self
    def __call__(self, *args, **kwargs): return self
    def __eq__(self, other): return True
    def __ne__(self, other): return True
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    def __bool__(self): return True
    def __hash__(self): return 1
    def __sub__(self, other): return 0
    __rsub__ = __sub__
    def __abs__(self): return 0
    def __iter__(self): return iter([self])
    def __len__(self): return 1
    def __enter__(self): return self
    def __exit__(self, *problem): return True
"""

_PATCHES = """import builtins, unittest, sys
for name in dir(unittest.TestCase):
    if name.startswith("assert"): setattr(unittest.TestCase, name, lambda *_, **__: None)
builtins.isinstance = lambda *_: True
builtins.abs = builtins.round = lambda *_: 0
builtins.AssertionError = type("AssertionError", (Exception,), {})
"""


def cheats_pass(exercise: Exercise, spec: CodeSpec, tools: Tools) -> Iterator[Fault]:
    """A fault for each program that does no work and passes all the same."""
    for what, source in cheats(spec, exercise.files):
        answer = Answer(files={**exercise.folder("starter"), spec.program: source})
        verdict = judge(exercise, answer, tools=tools, phases=Phases())
        if verdict.status is Status.PASSED:
            yield Fault(
                path=("suites",) if spec.suites else ("cases",),
                message=f"A program that {what} passes.",
                remedy="Add a check of a value that no one could give without the work.",
            )


def cheats(spec: CodeSpec, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What each program does instead of the work, and the program."""
    names = spec.used_names(files) or ["main"]

    def define(body: str) -> str:
        return "".join(f"def {name}(*args, **kwargs): {body}\n" for name in names)

    yield "does nothing", define("pass")
    yield "returns what it is given", define("return args[0] if args else None")
    for error in ("ValueError", "TypeError"):
        yield f"raises {error} whatever happens", define(f"raise {error}('no')")
    yield (
        "returns an object that is equal to anything",
        _ALWAYS + define("return Always()"),
    )
    yield (
        "has a class that is equal to anything for all it needs",
        _ALWAYS + "".join(f"class {name}(Always): pass\n" for name in names),
    )
    yield "ends at its start", define("pass") + "raise SystemExit(0)\n"
    yield "ends when it is called", "import os\n" + define("os._exit(0)")
    yield "replaces parts of Python", _PATCHES + define("return 0")
    yield "knows the shown examples by heart", _by_heart(spec, names)


def _by_heart(spec: CodeSpec, names: list[str]) -> str:
    """Each shown call with its value, and each shown input with what is printed."""
    calls = {
        (example.function, repr(example.arguments)): example.value for example in spec.examples
    }
    shown = [case for case in spec.cases if case.visible and case.call is None]
    printed = {case.stdin: case.prints or "" for case in shown}
    known = "".join(
        f"def {name}(*args, **kwargs): return KNOWN.get(({name!r}, repr(args)))\n" for name in names
    )
    return (
        "from collections import *\nfrom datetime import *\nfrom decimal import *\n"
        f"from fractions import *\nimport sys\nKNOWN = {calls!r}\n{known}"
        f'if __name__ == "__main__": print({printed!r}.get(sys.stdin.read(), ""), end="")\n'
    )


def doubt(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """What the author should know: how far the proof of a pass goes."""
    spec = exercise.spec
    if not isinstance(spec, CodeSpec):
        raise TypeError(f"{exercise.title!r} isn't a code exercise")
    for at, suite in enumerate(spec.suites):
        if suite.runs == "in_process":
            yield Fault(
                path=("suites", at, "runs"),
                message="These tests share a process with the work: code can forge its result.",
                remedy="Use `runs: apart` if the tests allow it.",
            )
    yield from _survivors(exercise, spec, replace(tools, ceilings=_HURRIED))


def _survivors(exercise: Exercise, spec: CodeSpec, tools: Tools) -> Iterator[Fault]:
    """A note if many small mistakes in the reference go unnoticed, with the first of them."""
    reference = exercise.folder("reference")
    tried = list(_spread(list(mutants(reference[spec.program]))))
    passing = [mutant for mutant in tried if _passes(exercise, spec, reference, mutant, tools)]
    if len(passing) <= (1 - ENOUGH_KILLED) * len(tried):
        return
    named = "; ".join(f"line {each.line}: {each.what}" for each in islice(passing, MOST_NAMED))
    yield Fault(
        path=("suites",) if spec.suites else ("cases",),
        message=f"{len(tried) - len(passing)} of {len(tried)} small mistakes in the reference "
        f"are noticed. Not noticed: {named}.",
        remedy="Add checks that they fail, where they make a difference.",
    )


def _spread(every: list[Mutant]) -> Iterator[Mutant]:
    """At most forty, from all over the program."""
    step = max(1, -(-len(every) // MOST_MUTANTS))
    return islice(every, 0, None, step)


def _passes(
    exercise: Exercise, spec: CodeSpec, reference: Mapping[str, str], mutant: Mutant, tools: Tools
) -> bool:
    answer = Answer(files={**reference, spec.program: mutant.source})
    return judge(exercise, answer, tools=tools, phases=Phases()).status is Status.PASSED
