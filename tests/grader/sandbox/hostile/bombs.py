"""Programs that want everything: time, memory, disk, descriptors, our patience.

Each is the body of a function; beside it, how it may end.
"""

from __future__ import annotations

from grader.sandbox.base import Ended

_TIMED_OUT = {Ended.TIMED_OUT}
_NO_MEMORY = {Ended.OUT_OF_MEMORY}
_BOUNDED = {Ended.RETURNED, Ended.RAISED, Ended.OUT_OF_MEMORY, Ended.DIED, Ended.TIMED_OUT}
_VALUE = {Ended.RETURNED}


def _code(*lines: str) -> str:
    return "\n".join(lines)


BOMBS: dict[str, tuple[str, set[Ended]]] = {
    "loops for ever": ("while True: pass", _TIMED_OUT),
    "ignores signals": (
        _code(
            "import signal",
            "for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:",
            "    try: signal.signal(number, signal.SIG_IGN)",
            "    except (OSError, ValueError): pass",
            "while True: pass",
        ),
        _TIMED_OUT,
    ),
    "catches everything": (
        _code(
            "while True:", "    try:", "        while True: pass", "    except BaseException: pass"
        ),
        _TIMED_OUT,
    ),
    "one huge power": ("return 9 ** 9 ** 9", _TIMED_OUT | _NO_MEMORY),
    "a regular expression that backtracks": (
        "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
        _TIMED_OUT,
    ),
    "a sort that never ends": (
        _code(
            "class Slow:",
            "    def __lt__(self, other):",
            "        while True: pass",
            "sorted([Slow(), Slow()])",
        ),
        _TIMED_OUT,
    ),
    "threads that spin": (
        _code(
            "import threading",
            "def spin():",
            "    while True: pass",
            "for _ in range(8): threading.Thread(target=spin).start()",
            "spin()",
        ),
        _TIMED_OUT,
    ),
    "threads without end": (
        _code(
            "import threading, time",
            "while True: threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()",
        ),
        _BOUNDED,
    ),
    "memory at once": ("return len(bytearray(1 << 33))", _NO_MEMORY),
    "memory bit by bit": (
        "kept = []\nwhile True: kept.append(bytearray(1 << 20))",
        _NO_MEMORY | _TIMED_OUT,
    ),
    "memory by doubling": ("text = 'x'\nwhile True: text += text", _NO_MEMORY | _TIMED_OUT),
    "memory that swallows the error": (
        _code(
            "kept = []",
            "while True:",
            "    try: kept.append(bytearray(1 << 20))",
            "    except MemoryError: pass",
        ),
        _BOUNDED,
    ),
    "memory by mapping": ("import mmap\nreturn len(mmap.mmap(-1, 1 << 33))", _BOUNDED),
    "memory by unpacking": (
        _code(
            "import zlib",
            "squashed = zlib.compress(bytes(1 << 24))",
            "return len(b''.join(zlib.decompress(squashed) for _ in range(100)))",
        ),
        _NO_MEMORY | _TIMED_OUT,
    ),
    "recursion without a limit": (
        _code(
            "import sys",
            "sys.setrecursionlimit(10 ** 9)",
            "def deeper(n): return deeper(n + 1)",
            "deeper(0)",
        ),
        _BOUNDED,
    ),
    "recursion in C": (
        _code(
            "import sys",
            "sys.setrecursionlimit(10 ** 9)",
            "deep = []",
            "for _ in range(10 ** 6): deep = [deep]",
            "return repr(deep)",
        ),
        _BOUNDED,
    ),
    "forks": ("import os\nwhile True: os.fork()", {Ended.RAISED}),
    "prints for ever": ("while True: print('x' * 1000)", {Ended.OUTPUT_LIMIT}),
    "prints one endless line": (
        "import sys\nwhile True: sys.stdout.write('x' * 100000)",
        {Ended.OUTPUT_LIMIT},
    ),
    "writes past Python": (
        "import os\nwhile True: os.write(1, b'x' * 65536)",
        {Ended.OUTPUT_LIMIT},
    ),
    "prints errors for ever": (
        "import sys\nwhile True: print('x', file=sys.stderr)",
        _TIMED_OUT,
    ),
    "one large file": ("open('a', 'wb').write(bytes(1 << 27))", {Ended.RAISED, *_NO_MEMORY}),
    "many large files": (
        "for n in range(999): open(str(n), 'wb').write(bytes(1 << 20))",
        {Ended.OUTPUT_LIMIT},
    ),
    "many small files": (
        "for n in range(10 ** 6): open(str(n), 'w').close()",
        {Ended.OUTPUT_LIMIT, *_TIMED_OUT},
    ),
    "many descriptors": ("kept = []\nwhile True: kept.append(open('/dev/null'))", {Ended.RAISED}),
    "many pipes": ("import os\nwhile True: os.pipe()", {Ended.RAISED}),
    "a value without end": (
        _code(
            "class Endless(list):",
            "    def __iter__(self):",
            "        while True: yield 1",
            "return Endless()",
        ),
        _VALUE,
    ),
    "a generator without end": ("import itertools\nreturn itertools.count()", _VALUE),
    "a deep value": ("deep = []\nfor _ in range(1000): deep = [deep]\nreturn deep", _VALUE),
    "a wide value": ("return list(range(10 ** 6))", _VALUE),
    "a value that holds itself": ("loop = []\nloop.append(loop)\nreturn loop", _VALUE),
    "a value that doubles at each level": (
        "value = []\nfor _ in range(45): value = [value, value]\nreturn value",
        _VALUE,
    ),
    "a million empty lists": ("return [[] for _ in range(10 ** 6)]", _BOUNDED),
    "a huge integer": ("return 1 << 30_000_000", _VALUE),
    "a large integer": ("return 7 ** 100_000", _VALUE),
    "colliding keys": ("return {n * ((1 << 61) - 1): 1 for n in range(5000)}", _VALUE | _TIMED_OUT),
    "a long text": ("return 'x' * 10 ** 7", _VALUE),
    "a decimal with a long exponent": (
        "from decimal import Decimal\nreturn Decimal('1E+999999')",
        _VALUE,
    ),
    "a long message": ("raise ValueError('x' * 10 ** 7)", {Ended.RAISED}),
    "a message that raises": (
        _code(
            "class Odd(Exception):",
            "    def __str__(self): raise SystemExit",
            "raise Odd",
        ),
        {Ended.RAISED},
    ),
    "a message that never ends": (
        _code(
            "class Odd(Exception):",
            "    def __str__(self):",
            "        while True: pass",
            "raise Odd",
        ),
        _TIMED_OUT,
    ),
    "a name that is no name": ("raise type('a\\n<b>' * 999, (Exception,), {})", {Ended.RAISED}),
    "a group of groups": (
        _code(
            "problem = ValueError()",
            "for _ in range(5000): problem = ExceptionGroup('x', [problem])",
            "raise problem",
        ),
        {Ended.RAISED, Ended.DIED},
    ),
    "a loop of causes": (
        _code(
            "one, other = ValueError(1), ValueError(2)",
            "one.__cause__, other.__cause__ = other, one",
            "raise one",
        ),
        {Ended.RAISED},
    ),
    "a destructor that never ends": (
        _code(
            "class Stuck:",
            "    def __del__(self):",
            "        while True: pass",
            "Stuck()",
        ),
        _TIMED_OUT,
    ),
    "an end that never ends": (
        "import atexit, time\natexit.register(time.sleep, 1000)\nraise SystemExit",
        {Ended.RAISED},
    ),
    "closes our line": ("import os\nos.close(3)", {Ended.DIED}),
    "closes everything": ("import os\nos.closerange(0, 64)", {Ended.DIED}),
    "an announced gigabyte": (
        "import os, time\nos.write(3, b'\\xff\\xff\\xff\\x7f' + b'x' * 9)\ntime.sleep(1000)",
        {Ended.DIED},
    ),
    "a frame of brackets": (
        "import os, struct\nos.write(3, struct.pack('<I', 200000) + b'[' * 200000)",
        {Ended.DIED},
    ),
    "a frame that is no JSON": ("import os\nos.write(3, b'\\x02\\0\\0\\0{]')", {Ended.DIED}),
    "a frame of something else": ("import os\nos.write(3, b'\\x02\\0\\0\\0[]')", {Ended.DIED}),
    "descriptors sent to us": (
        _code(
            "import socket",
            "line = socket.socket(fileno=3)",
            "socket.send_fds(line, [b'\\x02\\0\\0\\0[]'], [0, 1, 2, 3])",
        ),
        {Ended.DIED},
    ),
    "alarms": (
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\nwhile True: pass",
        {Ended.DIED, *_TIMED_OUT},
    ),
    "ends by a signal": ("import os\nos.abort()", {Ended.DIED}),
    "reads where nothing is": ("import ctypes\nctypes.string_at(0)", {Ended.DIED}),
}

SLEEPERS = {
    "sleeps for ever": "import time\ntime.sleep(10 ** 6)",
    "waits for itself": (
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()"
    ),
    "stops itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "waits for input": "import os\nos.read(os.pipe()[0], 1)",
    "half a frame": "import os, time\nos.write(3, b'\\x09\\0\\0\\0{')\ntime.sleep(999)",
    "many threads that sleep": _code(
        "import threading, time",
        "for _ in range(20): threading.Thread(target=time.sleep, args=(999,)).start()",
        "time.sleep(999)",
    ),
    "an end that never comes": "import time\ntry: time.sleep(999)\nfinally: time.sleep(999)",
}
"""These compute nothing; only the wall clock ends them."""
