"""The house itself: what lies where, and which words stay out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Words of a place of work, not of the product, spelt so that this file doesn't hold them.
NOT_OURS = re.compile(
    r"/wor[k]/(wt|main|shared|venv|briefs)|shared/(desig[n]|spike[s])|sub-?agen[t]|\bbrie[f]s/"
)
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".yml", ".yaml", ".html", ".css", ".js", ".json", ""}


NOT_WRITTEN = {"__pycache__", "node_modules", "var", "secrets", "htmlcov"}


def _files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that people wrote."""
    for entry in folder.iterdir():
        hidden = entry.name.startswith(".") and entry.name not in {".ci", ".dockerignore"}
        if entry.is_file() and not hidden:
            yield entry
        elif entry.is_dir() and not hidden and entry.name not in NOT_WRITTEN:
            yield from _files(entry)


def test_platform_holds_only_the_project() -> None:
    """It is a source root; a module in it would hide one of the standard library."""
    held = {entry.name for entry in (ROOT / "platform").iterdir()} - {"__pycache__"}

    assert held == {"countersign"}


def test_import_platform_is_the_standard_library() -> None:
    program = "import platform; print(platform.python_implementation())"
    paths = {"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}"}

    found = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        env=paths,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip() == "CPython"


def test_every_folder_of_tests_is_a_package() -> None:
    """Else `tests/grader` would be taken for `grader`."""
    tests = ROOT / "tests"
    files = [file for file in _files() if file.match("test_*.py") and tests in file.parents]
    modules = [file for file in files if not file.is_relative_to(tests / "grader" / "exercises")]
    folders = {folder for file in modules for folder in file.parents if tests in folder.parents}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_words_of_a_workplace_stay_out() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in _files()
        if file.suffix in TEXT and "/dist/" not in str(file)
        for match in NOT_OURS.finditer(file.read_text("utf-8", "replace"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements/dev.txt", "requirements/e2e.txt"]
)
def test_a_lock_names_hashes_and_no_place(lock: str) -> None:
    """No index address, no path of one machine: the lock installs the same everywhere."""
    text = (ROOT / lock).read_text("utf-8")
    pinned = re.findall(r"^[a-z0-9][\w.\[\],-]*==\S+", text, re.MULTILINE)

    assert len(pinned) > 3
    assert text.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"https?://|file:|--index|--find-links|--trusted|@ ", text)
