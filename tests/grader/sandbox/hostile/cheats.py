"""Programs that want to pass without doing the work: ``add`` and ``mean`` are never computed.

Each is a whole program. None of the tests they are given may pass.
"""

from __future__ import annotations

_RETURNS = "def add(a, b): return LIE\nmean = add\n"


def _code(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _object(*methods: str, base: str = "") -> str:
    body = "".join(f"    {method}\n" for method in methods)
    return f"class Lie{f'({base})' if base else ''}:\n{body}LIE = Lie()\n" + _RETURNS


_ZERO = tuple(
    f"def __{name}__(self, *_): return 0.0"
    for name in ("sub", "rsub", "abs", "round", "float", "add", "radd", "mod", "truediv", "neg")
)
_SELF = tuple(
    f"def __{name}__(self, *_): return self"
    for name in ("sub", "rsub", "neg", "add", "radd", "pow", "mul", "truediv")
)
_TRUE = tuple(
    f"def __{name}__(self, *_): return True"
    for name in ("eq", "ne", "lt", "le", "gt", "ge", "contains", "bool", "instancecheck")
)
_HASH = "def __hash__(self): return 5"

EQUALITY = {
    "equal to anything": _object("def __eq__(self, other): return True", _HASH),
    "mock.ANY": "from unittest import mock\nLIE = mock.ANY\n" + _RETURNS,
    "a mock": "from unittest import mock\nLIE = mock.MagicMock()\n" + _RETURNS,
    "every comparison is true": _object(*_TRUE, _HASH),
    "every difference is nothing": _object(*_ZERO, *_TRUE, _HASH),
    "every difference is itself, and itself is nothing": _object(
        *_SELF, *_TRUE, "def __abs__(self): return 0.0", "def __round__(self, *_): return 0", _HASH
    ),
    "an integer that is equal to anything": _object(*_TRUE, _HASH, base="int"),
    "a float without differences": _object(*_ZERO, *_TRUE, _HASH, base="float"),
    "a float whose differences are floats without size": _code(
        "class Small(float):",
        "    def __abs__(self): return 0.0",
        "    def __round__(self, *_): return 0",
        "    def __lt__(self, other): return True",
        "    __le__ = __eq__ = __lt__",
        "    __hash__ = float.__hash__",
        "class Lie(float):",
        "    def __sub__(self, other): return Small(0)",
        "    __rsub__ = __sub__",
        "LIE = Lie(99)",
    )
    + _RETURNS,
    "a number by its class alone": _object(
        "__class__ = property(lambda self: float)", *_ZERO, *_TRUE, _HASH
    ),
    "a text that is equal to anything": _object(*_TRUE, _HASH, base="str"),
    "a tuple that is equal to anything": _object(*_TRUE, _HASH, base="tuple"),
    "a decimal that is equal to anything": "from decimal import Decimal\n"
    + _object(*_TRUE, _HASH, base="Decimal"),
    "a class that is equal to anything": _code(
        "class Meta(type):",
        "    def __eq__(cls, other): return True",
        "    def __hash__(cls): return 5",
        "    def __instancecheck__(cls, thing): return True",
        "class LIE(metaclass=Meta): pass",
    )
    + _RETURNS,
    "not a number": "LIE = float('nan')\n" + _RETURNS,
    "infinite": "LIE = float('inf')\n" + _RETURNS,
    "nothing": "def add(a, b): pass\nmean = add\n",
    "true": "LIE = True\n" + _RETURNS,
    "not implemented": "LIE = NotImplemented\n" + _RETURNS,
    "a tainted list": _object("def __eq__(self, other): return True", _HASH) + "LIE = [LIE]\n",
}

RUNNER = {
    "leaves at import": "raise SystemExit(0)",
    "leaves at import without a word": "import os\nos._exit(0)",
    "leaves in the call": "def add(a, b): raise SystemExit(0)\nmean = add",
    "leaves in the call without a word": "import os\ndef add(a, b): os._exit(0)\nmean = add",
    "interrupts": "def add(a, b): raise KeyboardInterrupt\nmean = add",
    "ends like a generator": "def add(a, b): raise GeneratorExit\nmean = add",
    "ends like an iteration": "def add(a, b): raise StopIteration\nmean = add",
    "skips": "import unittest\ndef add(a, b): raise unittest.SkipTest('no')\nmean = add",
    "skips at import": "import unittest\nraise unittest.SkipTest('no')",
    "poses as a skip": _code(
        "class Skipped(Exception): pass",
        "Skipped.__module__ = '_pytest.outcomes'",
        "def add(a, b): raise Skipped('no')",
        "mean = add",
    ),
    "poses as an expected failure": _code(
        "class XFailed(BaseException): pass",
        "XFailed.__module__ = '_pytest.outcomes'",
        "def add(a, b): raise XFailed",
        "mean = add",
    ),
    "patches unittest": _code(
        "import unittest",
        "for name in dir(unittest.TestCase):",
        "    if name.startswith('assert'): setattr(unittest.TestCase, name, lambda *_, **__: None)",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "patches pytest": _code(
        "try:",
        "    import pytest",
        "    pytest.Function.runtest = lambda *_: None",
        "except ImportError: pass",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "patches the built-ins": _code(
        "import builtins",
        "builtins.abs = builtins.round = lambda *_: 0",
        "builtins.isinstance = lambda *_: True",
        "class Always(type):",
        "    def __instancecheck__(cls, thing): return True",
        "builtins.AssertionError = Always('AssertionError', (Exception,), {})",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "patches the comparison": _code(
        "import math, operator",
        "operator.eq = math.isclose = lambda *_, **__: True",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "patches everything it can find": _code(
        "import gc, types",
        "for thing in gc.get_objects():",
        "    if isinstance(thing, types.FunctionType) and 'grader' in (thing.__module__ or ''):",
        "        try: thing.__code__ = (lambda *_, **__: True).__code__",
        "        except ValueError: pass",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "traces": _code(
        "import sys",
        "def trace(frame, event, argument):",
        "    for name in ('expected', 'right', 'second'):",
        "        if name in frame.f_locals: frame.f_locals[name] = 0",
        "    return trace",
        "sys.settrace(trace)",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "reads the callers": _code(
        "import sys",
        "def add(a, b):",
        "    frame, wanted = sys._getframe().f_back, int('42' * 2)",
        "    while frame:",
        "        for value in [*frame.f_locals.values(), *frame.f_globals.values()]:",
        "            if type(value) is int and value == wanted: return value",
        "        frame = frame.f_back",
        "    return 0",
        "mean = add",
    ),
    "searches the heap": _code(
        "import gc",
        "def add(a, b):",
        "    wanted = int('42' * 2)",
        "    for thing in gc.get_objects():",
        "        values = thing.values() if type(thing) is dict else thing",
        "        if type(thing) in (list, tuple, dict):",
        "            if any(type(x) is int and x == wanted for x in values): return wanted",
        "    return 0",
        "mean = add",
    ),
    "reads the tests": _code(
        "import os",
        "def find():",
        "    for root in ('.', '..', '/tmp', '/'):",
        "        for folder, _, files in os.walk(root):",
        "            for name in files:",
        "                path = os.path.join(folder, name)",
        "                if name.startswith('test_'): return open(path).read()",
        "TESTS = find()",
        "def add(a, b): return int('42' * 2) if TESTS and '42' * 2 in TESTS else 0",
        "mean = add",
    ),
    "writes a conftest": _code(
        "import os",
        "text = 'def pytest_runtest_call(item): item.runtest = lambda: None'",
        "for name in ('conftest.py', 'pytest.py', 'sitecustomize.py', 'test_it.py'):",
        "    open(name, 'w').write(text)",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "sets the last word": _code(
        "import atexit, os",
        "atexit.register(os._exit, 0)",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "prints a summary": _code(
        "import os, sys",
        "LINE = '====== 6 passed in 0.01s ======\\n'",
        "def add(a, b):",
        "    print(LINE, flush=True)",
        "    sys.stderr.write(LINE)",
        "    sys.__stdout__.write(LINE)",
        "    return 0",
        "mean = add",
    ),
    "sends forged frames": _code(
        "import json, os, struct",
        "FRAMES = (",
        "    {'ready': True}, {'loaded': True}, {'collected': []}, {'over': 0, 'said': ''},",
        "    {'finished': 'test_it.py::test_sum', 'status': 'passed',",
        "     'message': '', 'raised': None},",
        "    {'ended': 'returned', 'value': None, 'mutated': None},",
        "    {'value': True, 'printed': ''}, {'returned': True},",
        ")",
        "def add(a, b):",
        "    for number in range(1, 8):",
        "        for frame in FRAMES:",
        "            text = json.dumps(frame).encode()",
        "            try: os.write(number, struct.pack('<I', len(text)) + text)",
        "            except OSError: pass",
        "    return 0",
        "mean = add",
    ),
    "answers from a thread": _code(
        "import json, os, struct, threading",
        "def spam():",
        "    text = json.dumps({'value': 0, 'ended': 'returned', 'printed': ''}).encode()",
        "    while True:",
        "        for number in (3, 4):",
        "            try: os.write(number, struct.pack('<I', len(text)) + text)",
        "            except OSError: pass",
        "def add(a, b):",
        "    threading.Thread(target=spam, daemon=True).start()",
        "    return 0",
        "mean = add",
    ),
    "calls the tests back": _code(
        "import json, os, socket, struct",
        "def add(a, b):",
        "    line = socket.socket(fileno=os.dup(4))",
        "    text = json.dumps({'call': 0, 'args': [], 'kwargs': {}, 'printed': ''}).encode()",
        "    line.sendall(struct.pack('<I', len(text)) + text)",
        "    return 0",
        "mean = add",
    ),
    "stops the clock": _code(
        "import random, time",
        "time.time = time.monotonic = time.perf_counter = lambda: 0.0",
        "random.random = lambda: 0.0",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "hooks imports": _code(
        "import sys",
        "class Hook:",
        "    def find_spec(self, name, path=None, target=None): raise SystemExit(0)",
        "sys.meta_path.insert(0, Hook())",
        "sys.modules.clear()",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "poses as a TypeError": _code(
        "class TypeError(Exception): pass",
        "def add(a, b): raise TypeError",
        "mean = add",
    ),
    "changes what a small number is": _code(
        "import ctypes",
        "size = (0).__sizeof__()",
        "ctypes.memmove(id(0) + 24, id(7) + 24, 4)",
        "def add(a, b): return 0",
        "mean = add",
    ),
    "never answers": "def add(a, b):\n    while True: pass\nmean = add",
}

CHEATS = {**EQUALITY, **RUNNER}

FOOLS_ITS_OWN_PROCESS = (
    "equal to anything",
    "mock.ANY",
    "every difference is nothing",
    "a float without differences",
    "leaves at import without a word",
    "patches pytest",
)
"""Some of them do pass where tests and program share a process: they are no straw men."""
