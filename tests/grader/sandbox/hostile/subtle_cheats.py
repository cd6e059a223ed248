"""More programs that want to pass without the work, by ways that a closer look suggests: our own
lines between the processes, what Python runs behind one's back, and lies of classes.

Each is a whole program. None of the tests they are given may pass.
"""

from __future__ import annotations


def _code(*lines: str) -> str:
    return "\n".join(lines) + "\n"


_ZERO = "def add(a, b): return 0\nmean = add\n"
_LYING_METHODS = (
    "    def __eq__(self, other): return True",
    "    def __ne__(self, other): return True",
    "    def __hash__(self): return 5",
    "    def __bool__(self): return True",
    "    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__",
    "    def __sub__(self, other): return 0.0",
    "    __rsub__ = __radd__ = __mod__ = __sub__",
    "    def __abs__(self): return 0.0",
    "    def __round__(self, *_): return 0",
    "    def __float__(self): return 0.0",
)
_LIE = ("class Lie:", *_LYING_METHODS)
_RETURNS = "LIE = Lie()\ndef add(a, b): return LIE\nmean = add\n"


def _subclass_of(base: str, *, made: str = "Lie()", head: str = "") -> str:
    lines = (f"class Lie({base}):", *_LYING_METHODS)
    return head + _code(*lines) + f"LIE = {made}\ndef add(a, b): return LIE\nmean = add\n"


CLASSES = {
    "a class where a function was asked for": _code(
        "class add:", "    def __init__(self, *given): pass", *_LYING_METHODS, "mean = add"
    ),
    "a class with a capital under the function's name": _code(
        *_LIE, "    def __init__(self, *given): pass", "add = mean = Lie"
    ),
    "a class whose instances are classes": _code(
        "class Meta(type):",
        *_LYING_METHODS,
        "def add(a, b): return Meta('X', (), {})",
        "mean = add",
    ),
    "a module that isn't one": _code(
        *_LIE,
        "import sys",
        "class Module(Lie):",
        "    __path__ = []",
        "    def __getattr__(self, name): return lambda *_: Lie()",
        "sys.modules[__name__] = Module()",
    ),
    "a module of another class": _code(
        *_LIE,
        "import sys, types",
        "class Module(types.ModuleType):",
        "    add = mean = property(lambda self: lambda *_: Lie())",
        "sys.modules[__name__].__class__ = Module",
    ),
    "names made up when asked for": _code(*_LIE, "def __getattr__(name): return lambda *_: Lie()"),
    "a fraction that lies": _subclass_of(
        "Fraction", made="Lie(1, 3)", head="from fractions import Fraction\n"
    ),
    "a complex that lies": _subclass_of("complex"),
    "bytes that lie": _subclass_of("bytes"),
    "a list that lies": _subclass_of("list"),
    "a dictionary that lies": _subclass_of("dict"),
    "a set that lies": _subclass_of("frozenset"),
    "a counter that lies": _subclass_of("Counter", head="from collections import Counter\n"),
    "a date that lies": _subclass_of(
        "date", made="Lie(2020, 1, 1)", head="from datetime import date\n"
    ),
    "a path that lies": _subclass_of(
        "PosixPath", made="Lie('x')", head="from pathlib import PosixPath\n"
    ),
    "a named tuple that lies": _code(
        "from collections import namedtuple",
        "class Lie(namedtuple('Pair', 'a b')):",
        *_LYING_METHODS,
        "LIE = Lie(1, 2)",
        "def add(a, b): return LIE",
        "mean = add",
    ),
    "an enumeration that lies": _code(
        "from enum import Enum",
        "class Lie(Enum):",
        "    IT = 1",
        *_LYING_METHODS,
        "def add(a, b): return Lie.IT",
        "mean = add",
    ),
    "a dataclass that lies": _code(
        "from dataclasses import dataclass",
        "@dataclass(eq=False)",
        *_LIE,
        "    value: float = 1.0",
        "LIE = Lie()",
        "def add(a, b): return LIE",
        "mean = add",
    ),
    "a number in name only": _code(
        "import numbers", *_LIE, "numbers.Real.register(Lie)", "numbers.Integral.register(Lie)"
    )
    + _RETURNS,
    "a text that says another": _code(
        "class Lie(str):",
        "    def __str__(self): return 'passed'",
        "    __repr__ = __str__",
        "    def __format__(self, _): return str(int('42' * 1))",
        "    def __eq__(self, other): return True",
        "    __hash__ = str.__hash__",
        "LIE = Lie('no')",
        "def add(a, b): return LIE",
        "mean = add",
    ),
    "an integer that is another when asked": _code(
        "class Lie(int):",
        "    def __index__(self): return 99",
        "    __int__ = __float__ = __index__",
        "    def __eq__(self, other): return True",
        "    def __add__(self, other): return self",
        "    __hash__ = int.__hash__",
        "LIE = Lie(1)",
        "def add(a, b): return LIE",
        "mean = add",
    ),
    "an answer that awaits": "async def add(a, b): return 0\nmean = add\n",
    "an answer that is never done": "def add(a, b):\n    while True: yield 0\nmean = add\n",
    "a decimal that isn't a number": "from decimal import Decimal\n"
    "def add(a, b): return Decimal('NaN')\nmean = add\n",
    "the arguments themselves": "def add(a, b): return [a, b]\nmean = add\n",
    "an ellipsis": "def add(a, b): return ...\nmean = add\n",
    "an endless equality": _code(
        "class Lie:",
        "    def __eq__(self, other): return self == other",
        "    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__",
        "    def __hash__(self): return hash(self)",
    )
    + _RETURNS,
    "a huge description": _code(*_LIE, "    def __repr__(self): return 'x' * 10 ** 7") + _RETURNS,
    "a class with a name of a megabyte": "Lie = type('x' * 10 ** 6, (), {})\n" + _RETURNS,
    "a class of two thousand classes": _code(
        "kinds = [type(f'K{n}', (), {}) for n in range(2000)]",
        "Lie = type('Lie', tuple(kinds), {'__eq__': lambda *_: True, '__hash__': lambda s: 1})",
    )
    + _RETURNS,
    "keys that collide": _code(
        "def add(a, b): return {n * (2 ** 61 - 1): 0 for n in range(4000)}", "mean = add"
    ),
    "a mock of what was asked": _code(
        "from unittest import mock",
        "add = mock.MagicMock(**{'return_value.__eq__.return_value': True})",
        "mean = add",
    ),
    "a partial of a lie": _code(*_LIE, "import functools", "add = functools.partial(Lie)")
    + "mean = lambda *_: Lie()\nadd = lambda *_: Lie()\n",
    "a lie that wraps a truth": _code(
        *_LIE, "    __wrapped__ = int", "    __class__ = property(lambda self: int)"
    )
    + _RETURNS,
}

_FIND_SERVER = (
    "import gc",
    "def server():",
    "    for thing in gc.get_objects():",
    "        try:",
    "            if 'channel' in vars(thing) and 'objects' in vars(thing): return thing",
    "        except TypeError: pass",
    "    import sys",
    "    frame = sys._getframe()",
    "    while frame:",
    "        for thing in frame.f_locals.values():",
    "            if type(thing).__name__ in ('Served', 'Learner'): return thing",
    "        frame = frame.f_back",
)


def _answers(answer: str) -> str:
    """A program that makes the server in its own process say this."""
    return _code(
        *_FIND_SERVER,
        "def add(a, b):",
        "    it = server()",
        "    if it is not None and hasattr(it, '_answer'):",
        f"        type(it)._answer = lambda *_: {answer}",
        f"        type(it)._result = lambda *_: {answer}",
        "    return 0",
        "mean = add",
    )


LINES = {
    "says that its argument is the answer": _answers("{'value': {'argument': 0}}"),
    "says that a test's function is the answer": _answers("{'value': {'callback': 0}}"),
    "says that a test's object is the answer": _answers("{'value': {'thing': 0}}"),
    "says that a test's class is the answer": _answers("{'value': {'tests_class': 0}}"),
    "says that the tests raised it": _answers("{'raised': {'from_tests': 0}}"),
    "says that it is a test's exception": _answers("{'raised': {'tests_error': 0, 'args': []}}"),
    "says a number that nothing has": _answers("{'value': {'handle': [-1, -1]}}"),
    "says two things at once": _answers("{'value': 1, 'raised': {'from_tests': -1}}"),
    "says nothing": _answers("{}"),
    "says it as a list": _answers("[]"),
    "warns instead": _answers("{'value': 0, 'warned': [['Warning', 'passed']] * 50}"),
    "logs instead": _answers("{'value': 0, 'logged': [['root', 50, 'PASSED']] * 50}"),
    "asks the tests for what they know": _code(
        *_FIND_SERVER,
        "def add(a, b):",
        "    it = server()",
        "    for order in (['do', 0, 'get'], ['describe', 0], ['make', 0], 0, 'input'):",
        "        try: return it.call_back(order, ('__globals__',))",
        "        except BaseException: pass",
        "    return 0",
        "mean = add",
    ),
    "writes its answers beforehand": _code(
        "import json, os, struct",
        "text = json.dumps({'raised': {'from_tests': -1}, 'printed': ''}).encode()",
        "for number in range(3, 64):",
        "    for _ in range(20):",
        "        try: os.write(number, struct.pack('<I', len(text)) + text)",
        "        except OSError: break",
    )
    + _ZERO,
    "closes every line": "import os\ndef add(a, b): os.closerange(3, 64)\nmean = add\n",
    "turns the lines around": _code(
        "import os",
        "def add(a, b):",
        "    for number in range(3, 8):",
        "        try: os.dup2(1, number)",
        "        except OSError: pass",
        "    return 0",
        "mean = add",
    ),
    "replaces how answers are written": _code(
        "import json, struct",
        'json.dumps = lambda *_, **__: \'{"value": true, "printed": ""}\'',
        "json.JSONEncoder.encode = json.dumps",
        "struct.pack = lambda *_: b'\\0' * 4",
    )
    + _ZERO,
    "replaces how sockets speak": _code(
        "import socket",
        "try: socket.socket.sendall = lambda *_: exit(0)",
        "except (AttributeError, TypeError): pass",
    )
    + _ZERO,
}

BEHIND = {
    "ends while being forgotten": _code(
        "import os",
        "class Last:",
        "    def __del__(self): os._exit(0)",
        "def add(a, b):",
        "    Last()",
        "    return 0",
        "mean = add",
    ),
    "ends when it is collected": _code(
        "import gc, os",
        "gc.callbacks.append(lambda *_: os._exit(0))",
        "def add(a, b): return gc.collect()",
        "mean = add",
    ),
    "ends by an alarm": _code(
        "import os, signal",
        "signal.signal(signal.SIGALRM, lambda *_: os._exit(0))",
        "signal.setitimer(signal.ITIMER_REAL, 0.001)",
    )
    + _ZERO,
    "ends when something is audited": _code(
        "import os, sys",
        "def add(a, b):",
        "    sys.addaudithook(lambda *_: os._exit(0))",
        "    return open('x', 'w').close()",
        "mean = add",
    ),
    "lets nobody recurse": _code(
        "import sys", "def add(a, b): return sys.setrecursionlimit(30)", "mean = add"
    ),
    "takes its own limits away": _code(
        "import resource",
        "for name in dir(resource):",
        "    if name.startswith('RLIMIT_'):",
        "        try: resource.setrlimit(getattr(resource, name), (0, 0))",
        "        except (ValueError, OSError): pass",
    )
    + _ZERO,
    "profiles": _code(
        "import sys",
        "def profile(frame, event, argument):",
        "    for name in list(frame.f_locals):",
        "        if name in ('expected', 'wanted', 'status'): frame.f_locals[name] = 'passed'",
        "sys.setprofile(profile)",
    )
    + _ZERO,
    "throws into other threads": _code(
        "import ctypes, threading",
        "def add(a, b):",
        "    for identity in list(threading._active):",
        "        ctypes.pythonapi.PyThreadState_SetAsyncExc(",
        "            ctypes.c_ulong(identity), ctypes.py_object(SystemExit))",
        "    return 0",
        "mean = add",
    ),
    "leaves a thread that prints a summary": _code(
        "import sys, threading, time",
        "def later():",
        "    while True:",
        "        print('1 passed in 0.01s', flush=True)",
        "        time.sleep(0.001)",
        "def add(a, b):",
        "    threading.Thread(target=later, daemon=True).start()",
        "    return 0",
        "mean = add",
    ),
    "raises a group": "def add(a, b): raise ExceptionGroup('no', [ValueError()])\nmean = add\n",
    "raises what ends a loop": _code(
        "import asyncio", "def add(a, b): raise asyncio.CancelledError", "mean = add"
    ),
    "raises a failed assertion's opposite": _code(
        "class AssertionPassed(AssertionError): pass",
        "AssertionPassed.__module__ = 'builtins'",
        "def add(a, b): raise AssertionPassed",
        "mean = add",
    ),
    "raises what has no words": _code(
        "class Mute(Exception):",
        "    def __str__(self): raise Mute",
        "    __repr__ = __str__",
        "    @property",
        "    def args(self): raise Mute",
        "def add(a, b): raise Mute",
        "mean = add",
    ),
    "raises a lie of a class": _code(
        "class Lie(Exception):",
        "    __class__ = property(lambda self: TypeError)",
        "def add(a, b): raise Lie",
        "mean = add",
    ),
    "forges a traceback": _code(
        "def add(a, b):",
        "    code = compile('raise KeyError', '/tests/test_it.py', 'exec')",
        "    exec(code)",
        "mean = add",
    ),
    "removes itself": _code("import os, sys", "del sys.modules[__name__]", "os.remove(__file__)")
    + _ZERO,
    "registers a codec": _code(
        "import codecs",
        "codecs.register_error('strict', lambda problem: ('passed', problem.end))",
        "codecs.register(lambda name: None)",
    )
    + _ZERO,
    "makes every warning a success": _code(
        "import sys, warnings",
        "warnings.showwarning = lambda *_: sys.exit(0)",
        "def add(a, b): warnings.warn('x')",
        "mean = add",
    ),
    "replaces the import itself": _code(
        "import builtins, types",
        "builtins.__import__ = lambda *_: types.ModuleType('passed')",
    )
    + _ZERO,
    "replaces what types are": _code(
        "import builtins",
        "builtins.type = builtins.id = builtins.getattr = lambda *_: True",
        "builtins.BaseException = builtins.Exception = SystemExit",
    )
    + _ZERO,
}

SUBTLE = {**CLASSES, **LINES, **BEHIND}

_HOOKS = """
import sys
def pytest_runtest_call(item): item.obj = item.runtest = lambda *_: None
def pytest_runtest_makereport(item, call): call.excinfo = None
def pytest_pyfunc_call(pyfuncitem): return True
def pytest_collection_modifyitems(items): items[:] = []
"""
BESIDE = {
    "a conftest of its own": {"conftest.py": _HOOKS},
    "a pytest of its own": {"pytest.py": _HOOKS + "def raises(*_, **__): pass\n"},
    "a unittest of its own": {"unittest/__init__.py": "class TestCase: pass\n"},
    "a start file": {"sitecustomize.py": _HOOKS, "usercustomize.py": _HOOKS},
    "tests of its own": {"test_it.py": "def test_sum(): pass\n", "test_solution.py": _HOOKS},
    "settings": {"pytest.ini": "[pytest]\naddopts = --collect-only\n", "tox.ini": "[pytest]\n"},
    "our own modules": {
        "grader/__init__.py": "",
        "grader/sandbox/__init__.py": "",
        "grader/sandbox/inside/reporter.py": "class Reporter: pass\n",
    },
    "a package of the solution's name": {"solution/__init__.py": _HOOKS + _ZERO},
    "a path file": {"evil.pth": "import os; os._exit(0)\n"},
    "a library's module": {"operator.py": "eq = lambda *_: True\n", "json.py": _HOOKS},
}
"""Files that a program brings along, hoping that the tests' side takes them for its own."""
