"""Folders and answers as they come: what can't be used is named, and nothing breaks down."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.cli import main
from tests.grader.examples import EXERCISES

GOOD = (
    b"def bill(nights, price):\n    total = 0\n"
    b"    for _ in range(nights):\n        total += price\n    return total\n"
)


def graded(
    tmp_path: Path, files: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    answer = tmp_path / "answer"
    for name, raw in files.items():
        (answer / name).parent.mkdir(parents=True, exist_ok=True)
        (answer / name).write_bytes(raw)
    code = main(["grade", str(EXERCISES / "bill"), str(answer)])
    told = capsys.readouterr()
    return code, told.out + told.err


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        ({"solution.py": b"\xef\xbb\xbf" + GOOD}, 0, "passed"),
        ({"solution.py": GOOD.replace(b"\n", b"\r\n")}, 0, "passed"),
        ({"solution.py": GOOD, "a/b/c/d/notes.txt": b"deep"}, 0, "passed"),
        ({"solution.py": GOOD, ".git/config": b"\xff", "__pycache__/x.pyc": b"\xff"}, 0, "passed"),
        ({"Solution.py": GOOD}, 0, "asks for a file called solution.py"),
        ({"solution.py": GOOD, "a b.py": b"x = 1"}, 0, "a name that can't be used"),
        ({"solution.py": GOOD, "a/b/c/d/e/f/g.py": b"x = 1"}, 0, "a name that can't be used"),
        ({"solution.py": b"x = 1\ny = '\xe9'\n"}, 2, "solution.py:2: this isn't UTF-8 text"),
        ({f"part{n}.py": b"" for n in range(300)}, 2, "holds 300 files"),
        ({"solution.py": b"from other import bill", "other.py": b"from solution import bill"}, 0,
         "ImportError"),
        ({"solution.py": b""}, 0, "no code to check yet"),
    ],
)  # fmt: skip
def test_an_answer_as_it_comes(
    files: dict[str, bytes],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found, told = graded(tmp_path, files, capsys)

    assert (found, said in told) == (code, True), told


def test_a_huge_answer_is_refused_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    huge = tmp_path / "huge.py"
    with huge.open("wb") as file:
        file.truncate(100 * 1024**2)

    assert main(["grade", str(EXERCISES / "bill"), str(huge)]) == 2
    assert "larger than 4 MiB" in capsys.readouterr().err


def test_a_link_is_never_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "solution.py").symlink_to("/etc/passwd")

    assert main(["grade", str(EXERCISES / "bill"), str(tmp_path)]) == 2
    assert "is a link" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("exercise.yaml", "kind: [", "exercise.yaml:2: This isn't YAML"),
        ("hidden/test_fee.py", "def test_it(:\n", "Python can't read hidden/test_fee.py, line 1"),
        (
            "hidden/test_fee.py",
            "import nothing_here\ndef test_no_fee_when_free(): pass\n",
            "could not be run",
        ),
        ("reference/solution.py", "import solution\nfrom solution import late_fee\n", "reference"),
    ],
)
def test_a_broken_exercise_is_named(
    file: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "late-loans"
    shutil.copytree(EXERCISES / "late-loans", folder)
    (folder / file).write_text(text)

    assert main(["check", str(folder)]) == 1
    assert said in capsys.readouterr().out


def test_a_missing_reference_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "bill"
    shutil.copytree(EXERCISES / "bill", folder)
    shutil.rmtree(folder / "reference")

    assert main(["check", str(folder)]) == 1
    assert "reference/solution.py is missing" in capsys.readouterr().out
