"""What plain pytest says of programs, tests and program in one process and no sandbox.

Run as a program: it reads ``[folder, [[name, {file: text}], …]]`` as JSON and answers, for each
program, a mapping of test to whether it passed, or nothing where the process had to be ended.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import hypothesis  # noqa: F401  (so that no child has to)
import pytest

SECONDS = 10
OPTIONS = ("-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-c", os.devnull)

Passed = dict[str, bool] | None


def passed_in_plain_pytest(
    programs: Sequence[tuple[str, Mapping[str, str]]], tests: Mapping[str, str]
) -> dict[str, Passed]:
    """Which tests pass for each program; None where it never ended or ended the process."""
    with tempfile.TemporaryDirectory() as folder:
        order = json.dumps([folder, [[name, {**tests, **files}] for name, files in programs]])
        run = subprocess.run(
            [sys.executable, "-P", __file__],
            input=order,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        )
    answer: dict[str, Passed] = json.loads(run.stdout.splitlines()[-1])
    return answer


class _Kept:
    def __init__(self) -> None:
        self.passed: dict[str, bool] = {}
        self.broken = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.broken |= report.failed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        held = self.passed.get(report.nodeid, True) and not report.failed
        self.passed[report.nodeid] = held and not report.skipped


def _run_one(folder: Path, files: Mapping[str, str], answers: Path) -> None:
    """In a child of its own: write the files, run the tests, leave the answer in a file."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    kept = _Kept()
    tests = [name for name in files if Path(name).name.startswith("test")]
    tests = [name for name in tests if "def test" in files[name]]
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
        pytest.main([*OPTIONS, f"--rootdir={folder}", "--import-mode=importlib", *tests], [kept])
    answers.write_text(json.dumps({} if kept.broken else kept.passed))


def main() -> None:
    given: Any = json.load(sys.stdin)
    root, programs = Path(given[0]), given[1]
    found: dict[str, Passed] = {}
    for number, (name, files) in enumerate(programs):
        folder, answers = root / str(number), root / f"{number}.json"
        folder.mkdir()
        pid = os.fork()
        if pid == 0:
            _run_one(folder, files, answers)
            os._exit(0)
        os.waitpid(pid, 0)
        found[name] = json.loads(answers.read_text()) if answers.exists() else None
    print(json.dumps(found))


if __name__ == "__main__":
    main()
