"""The page that says what the curriculum covers counts what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.cli import main
from grader.curriculum import coverage, load_curriculum

CURRICULUM = Path(__file__).parents[2] / "curriculum"


def _rows(page: str, heading: str) -> list[list[str]]:
    table = page.partition(f"## {heading}")[2].partition("## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_kind_and_every_skill_is_counted() -> None:
    curriculum = load_curriculum(CURRICULUM)
    page = coverage.page(curriculum)
    in_courses = {
        placed.exercise.uuid: placed.exercise
        for folder, placed in curriculum.placed_exercises()
        if folder.startswith("courses/")
    }
    kinds = _rows(page, "Kinds")
    assert sum(int(row[-2]) for row in kinds) == len(in_courses)
    assert sum(int(row[-1]) for row in kinds) == sum(not e.aided for e in in_courses.values())
    assert len(_rows(page, "Skills")) == len(curriculum.skills)


def test_a_skill_that_falls_short_is_marked() -> None:
    rows = _rows(coverage.page(load_curriculum(CURRICULUM)), "Skills, by course")
    for row in rows:
        short = int(row[-3]) < 6 or int(row[-2]) < 3
        assert (row[-1] == "▲") == short, row


def test_a_stale_page_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    assert main(["coverage", str(CURRICULUM), "--write", str(page)]) == 0
    assert main(["coverage", str(CURRICULUM), "--check", str(page)]) == 0
    page.write_text(page.read_text() + "more")
    assert main(["coverage", str(CURRICULUM), "--check", str(page)]) == 1
    assert "not fresh" in capsys.readouterr().out
