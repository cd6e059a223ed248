"""Programs that do the work in odd ways. Every one of them must pass."""

from __future__ import annotations

_ADD = "def add(a, b): return a + b\n"
_MEAN = "def mean(a, b): return (a + b) / 2\n"
_BOTH = _ADD + _MEAN


def _code(*lines: str) -> str:
    return "\n".join(lines) + "\n"


HONEST = {
    "plain": _BOTH,
    "lambdas": "add = lambda a, b: a + b\nmean = lambda a, b: add(a, b) / 2\n",
    "the library's own": "from operator import add\nfrom statistics import mean as _m\n"
    "def mean(a, b): return _m([a, b])\n",
    "partial application": "from functools import partial, reduce\nfrom operator import add\n"
    "def _mean(n, a, b): return (a + b) / n\nmean = partial(_mean, 2)\n",
    "objects that are called": _code(
        "class Adder:",
        "    def __call__(self, a, b): return a + b",
        "add = Adder()",
        "class Mean:",
        "    @staticmethod",
        "    def of(a, b): return (a + b) / 2",
        "mean = Mean.of",
    ),
    "bound methods": _code(
        "class Calculator:",
        "    def __init__(self): self.last = None",
        "    def add(self, a, b):",
        "        self.last = a + b",
        "        return self.last",
        "    def mean(self, a, b): return self.add(a, b) / 2",
        "add, mean = Calculator().add, Calculator().mean",
    ),
    "cached": "from functools import cache\n" + _BOTH + "add, mean = cache(add), cache(mean)\n",
    "decorated": _code(
        "import functools",
        "def noisy(function):",
        "    @functools.wraps(function)",
        "    def wrapped(*args):",
        "        print('calling', function.__name__, args)",
        "        return function(*args)",
        "    return wrapped",
        "@noisy",
        "def add(a, b): return a + b",
        "@noisy",
        "def mean(a, b): return (a + b) / 2",
    ),
    "generators": "def add(a, b): return sum(n for n in (a, b))\n" + _MEAN,
    "recursion": _code(
        "def add(a, b):",
        "    if not isinstance(b, int): raise TypeError(b)",
        "    return a if b == 0 else add(a + 1, b - 1)",
    )
    + _MEAN,
    "threads": _code(
        "from concurrent.futures import ThreadPoolExecutor",
        "def add(a, b):",
        "    with ThreadPoolExecutor(4) as pool: return sum(pool.map(lambda n: n, (a, b)))",
    )
    + _MEAN,
    "asynchronous inside": _code(
        "import asyncio",
        "async def later(a, b):",
        "    await asyncio.sleep(0)",
        "    return a + b",
        "def add(a, b): return asyncio.run(later(a, b))",
    )
    + _MEAN,
    "a database": _code(
        "import sqlite3",
        "def add(a, b):",
        "    if a is None: raise TypeError(a)",
        "    return sqlite3.connect(':memory:').execute('select ? + ?', (a, b)).fetchone()[0]",
    )
    + _MEAN,
    "a file": _code(
        "import json, pathlib",
        "def add(a, b):",
        "    path = pathlib.Path('numbers.json')",
        "    path.write_text(json.dumps([a, b]))",
        "    result = sum(json.loads(path.read_text()))",
        "    path.unlink()",
        "    return result",
    )
    + _MEAN,
    "a temporary file": _code(
        "import tempfile",
        "def add(a, b):",
        "    if a is None: raise TypeError(a)",
        "    with tempfile.TemporaryFile('w+', dir='.') as file:",
        "        print(a, b, file=file)",
        "        file.seek(0)",
        "        return sum(map(int, file.read().split()))",
    )
    + _MEAN,
    "its own source": _code(
        "import inspect",
        "def add(a, b):",
        "    assert 'def add' in inspect.getsource(add) and 'def add' in open(__file__).read()",
        "    return a + b",
    )
    + _MEAN,
    "evaluation": "def add(a, b): return eval('a + b')\nexec('mean = lambda a, b: (a + b) / 2')\n",
    "prints at import": "print('ready')\n" + _BOTH + "print('loaded', flush=True)\n",
    "prints a lot": _code(
        "def add(a, b):",
        "    for n in range(300): print('step', n, a, b)",
        "    return a + b",
    )
    + _MEAN,
    "writes to standard error": "import sys\nprint('note', file=sys.stderr)\n" + _BOTH,
    "logs and warns": _code(
        "import logging, warnings",
        "logging.basicConfig(level=logging.DEBUG)",
        "def add(a, b):",
        "    logging.info('adding')",
        "    warnings.warn('careful')",
        "    return a + b",
    )
    + _MEAN,
    "replaces print": "import builtins\nbuiltins.print = lambda *_, **__: None\n" + _BOTH,
    "replaces standard output": "import io, sys\nsys.stdout = io.StringIO()\n" + _BOTH,
    "shadows built-ins": "sum = str = list = type = None\n" + _BOTH,
    "seeds chance": "import random\nrandom.seed(1)\nrandom.random()\n" + _BOTH,
    "deep recursion": _code(
        "import sys",
        "sys.setrecursionlimit(20000)",
        "def down(n): return 0 if n == 0 else down(n - 1)",
        "down(5000)",
    )
    + _BOTH,
    "a main part": _BOTH + "if __name__ == '__main__':\n    print(add(int(input()), 1))\n",
    "type hints": "from __future__ import annotations\nNumber = int | float\n"
    "def add(a: Number, b: Number) -> Number: return a + b\n" + _MEAN,
    "pattern matching": _code(
        "def add(a, b):",
        "    match (a, b):",
        "        case (int() | float(), int() | float()): return a + b",
        "        case _: raise TypeError('numbers')",
    )
    + _MEAN,
    "letters of other alphabets": "def сума(а, б): return а + б\nadd = сума\n" + _MEAN,
    "tabs and carriage returns": "def add(a, b):\r\n\treturn a + b\r\n"
    "def mean(a, b):\r\n\treturn (a + b) / 2\r\n",
    "a byte order mark": "\ufeff" + _BOTH,
    "a coding comment": "# -*- coding: utf-8 -*-\n" + _BOTH,
    "fractions": "from fractions import Fraction\n"
    + _ADD
    + "def mean(a, b): return float(Fraction(a + b) / 2)\n",
    "a data class": _code(
        "from dataclasses import dataclass",
        "@dataclass(frozen=True, order=True)",
        "class Pair:",
        "    a: int",
        "    b: int",
        "    def sum(self): return self.a + self.b",
        "def add(a, b): return Pair(a, b).sum()",
    )
    + _MEAN,
    "memory, within limits": "ballast = bytearray(20 << 20)\n" + _BOTH,
    "a short nap": "import time\ndef add(a, b):\n    time.sleep(0.01)\n    return a + b\n" + _MEAN,
    "tries what is not allowed, and goes on": _code(
        "def add(a, b):",
        "    try:",
        "        import subprocess",
        "        subprocess.run(['expr', str(a), '+', str(b)])",
        "    except OSError: pass",
        "    return a + b",
    )
    + _MEAN,
    "an exit that never comes": "import atexit\natexit.register(print, 'bye')\n" + _BOTH,
    "a finaliser": "class Box:\n    def __del__(self): print('gone')\nBox()\n" + _BOTH,
    "collects garbage": "import gc\ngc.disable()\ngc.collect()\ngc.freeze()\n" + _BOTH,
    "forgets modules": "import sys\nsys.modules.pop('json', None)\nimport json\n" + _BOTH,
    "its own print": "def print(*args): pass\n" + _BOTH + "print(add(1, 2))\n",
    "names of ours": _BOTH + "class Learner: pass\nremote = peer = frames = None\n",
}
