"""``python -m tests.grader.track [most mutants] [exercise …]``: the longer comparison."""

from __future__ import annotations

import sys
import time
from contextlib import closing

from grader.engine import Tools
from grader.sandbox import open_sandbox
from tests.grader.track.compare import differences
from tests.grader.track.reading import TRACK


def main(arguments: list[str]) -> int:
    most = int(arguments[0]) if arguments else 1000
    chosen = arguments[1:] or list(TRACK)
    programs = differing = 0
    started = time.monotonic()
    with closing(open_sandbox()) as sandbox:
        for name in chosen:
            programs += len(list(TRACK[name].programs(most_mutants=most)))
            for difference in differences(
                TRACK[name], tools=Tools(sandbox=sandbox), most_mutants=most
            ):
                differing += 1
                print(difference, flush=True)
    seconds = time.monotonic() - started
    print(f"{len(chosen)} exercises, {programs} programs, {differing} differ, {seconds:.0f} s")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
