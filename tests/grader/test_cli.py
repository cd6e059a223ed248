"""The command line: what it prints and how it exits."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from grader import schema
from grader.cli import main
from grader.kinds import KINDS
from grader.sandbox import SandboxUnavailable
from tests.grader.examples import EXERCISES

DOUBLING = str(EXERCISES / "doubling")


def golden(name: str) -> str:
    return str(EXERCISES / "doubling" / "golden" / name)


@pytest.mark.parametrize(
    "name",
    ["passed-reference.py", "failed-exception.py", "invalid-syntax.py", "timed_out-loop.py"],
)
def test_grading_exits_0_whatever_the_verdict(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["grade", DOUBLING, golden(name)])

    assert code == 0
    assert capsys.readouterr().out.startswith(name.split("-", maxsplit=1)[0])


def test_the_verdict_as_json_has_what_a_program_needs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["grade", DOUBLING, golden("failed-exception.py"), "--json"])

    verdict = json.loads(capsys.readouterr().out)

    assert verdict["status"] == "failed"
    assert verdict["score"] == 25
    assert verdict["engine"] == "code@3"
    assert verdict["versions"]["exercise"]
    assert verdict["tests"][0].keys() >= {"id", "status", "message", "duration"}


def test_a_folder_may_be_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(golden("passed-reference.py"), tmp_path / "solution.py")

    main(["grade", DOUBLING, str(tmp_path)])

    assert capsys.readouterr().out.startswith("passed · 100 of 100")


def test_a_bad_exercise_exits_2_and_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(DOUBLING, tmp_path / "doubling")
    file = tmp_path / "doubling" / "exercise.yaml"
    file.write_text(file.read_text().replace("minutes:", "minuts:"))

    code = main(["grade", str(tmp_path / "doubling"), golden("passed-reference.py")])

    assert code == 2
    assert "exercise.yaml:5: There is no key “minuts”" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["exercise", "answer"])
def test_what_is_not_there_exits_2(missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [DOUBLING, golden("passed-reference.py")]
    paths[missing == "answer"] = "no/such/place"

    code = main(["grade", *paths, "--json"])

    assert code == 2
    assert json.loads(capsys.readouterr().out)["error"]


def test_without_a_sandbox_nothing_is_graded_and_it_exits_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*, insecure: bool = False) -> None:
        raise SandboxUnavailable("This machine has no walls.")

    monkeypatch.setattr("grader.cli.open_sandbox", refuse)

    code = main(["grade", DOUBLING, golden("passed-reference.py")])

    assert code == 3
    assert "Nothing was graded. This machine has no walls." in capsys.readouterr().err


def test_checking_a_sound_exercise_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", DOUBLING]) == 0
    assert capsys.readouterr().out == "1 exercise checked, no problem.\n"


def test_checking_an_unsound_exercise_exits_1_and_names_each_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(DOUBLING, tmp_path / "doubling")
    (tmp_path / "doubling" / "answers" / "failed-new-list.py").write_text("x = 1\n")

    code = main(["check", str(tmp_path / "doubling"), "--json"])

    assert code == 1
    report = json.loads(capsys.readouterr().out)
    assert report["exercises"] == 1
    assert report["problems"][0]["file"] == "answers/failed-new-list.py"
    assert report["problems"][0]["remedy"]


def test_the_doctor_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--json"])

    report = json.loads(capsys.readouterr().out)

    assert report["isolation"]
    assert report["summary"]


def test_schemas_are_written_and_then_fresh(tmp_path: Path) -> None:
    assert main(["schema", "--folder", str(tmp_path), "--check"]) == 1
    assert main(["schema", "--folder", str(tmp_path)]) == 0
    assert main(["schema", "--folder", str(tmp_path), "--check"]) == 0


def test_the_committed_schemas_are_fresh() -> None:
    folder = Path(__file__).parents[2] / "curriculum" / "schema"

    assert schema.stale(folder) == []


def test_a_schema_knows_every_kind_and_refuses_other_keys(tmp_path: Path) -> None:
    texts = schema.schemas()

    assert json.loads(texts["exercise.json"])["properties"]["kind"]["enum"] == list(KINDS)
    assert json.loads(texts["exercise-code.json"])["additionalProperties"] is False


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    assert not sys.stderr.isatty()

    main(["check", DOUBLING])

    assert capsys.readouterr().err == ""
