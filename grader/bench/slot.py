"""One worker slot of the throughput measurement: ``python -m grader.bench.slot <what> <seconds>``.

Says ``ready``, waits for a line, works for that long and says how often it got done.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing

from grader.bench import work
from grader.engine import Tools, grade
from grader.sandbox import open_sandbox


def main(what: str, seconds: float) -> None:
    if what == "pass":
        _work(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), seconds)
        return
    exercise = work.by_tests() if what == "tests" else work.by_cases()
    submission = work.answer(work.GOOD)
    with closing(open_sandbox()) as sandbox:
        tools = Tools(sandbox=sandbox)
        _work(lambda: grade(exercise, submission, tools=tools), seconds)


def _work(run: Callable[[], object], seconds: float) -> None:
    run()
    _say("ready")
    sys.stdin.readline()
    end, done = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        run()
        done += 1
    _say(str(done))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
