"""The beginning of a test for a planted fault that nothing catches yet."""

from __future__ import annotations

from django.db import transaction

from countersign.accounts.models import User
from countersign.authoring.models import Manuscript
from countersign.authoring.parts import FILES
from countersign.authoring.services.writing import newest, save
from grader.authored.problems import ExerciseError
from grader.exercise import from_files
from grader.kinds.review.spec import Defect, ReviewSpec
from grader.kinds.test.spec import Mutant, TestSpec


class Unfit(Exception):
    """There is no such row, or nothing that a test could be written for."""


@transaction.atomic
def write_skeleton(*, manuscript: Manuscript, row: str, actor: User) -> str:
    """Add a test for the defect or wrong program ``row``; answers the file it stands in.

    The test fails until its author says what the right program gives. Raises Unfit.
    """
    head = newest(manuscript)
    try:
        exercise = from_files(head.files)
    except ExerciseError as error:
        raise Unfit(row) from error
    spec = exercise.spec
    if isinstance(spec, ReviewSpec) and row in spec.by_id:
        path, text = _for_defect(spec, spec.by_id[row], head.files)
    elif isinstance(spec, TestSpec) and spec.form == "pytest":
        mutant = next((each for each in spec.mutants if each.id == row), None)
        if mutant is None:
            raise Unfit(row)
        path, text = _for_mutant(spec, mutant, head.files)
    else:
        raise Unfit(row)
    save(
        manuscript=manuscript,
        part=FILES,
        texts={path: text},
        base=FILES.base(head.files),
        actor=actor,
    )
    return path


def _for_defect(spec: ReviewSpec, defect: Defect, files: dict[str, str]) -> tuple[str, str]:
    path = next(
        (name for name in sorted(files) if name.startswith("hidden/test") and name.endswith(".py")),
        f"hidden/test_{spec.module()}.py",
    )
    lines = spec.text(files).splitlines()
    shown = [
        f"    #   {number}: {lines[number - 1].strip()}"
        for number in sorted(defect.marked)
        if number <= len(lines)
    ]
    body = [
        f"    # {defect.explain.strip().splitlines()[0]}",
        "    # The lines that are wrong:",
        *shown,
        "    # Call what they belong to, and compare with what is right.",
        f"    import {spec.module()}",
        "",
        f'    assert {spec.module()} is None, "say here what the right program gives"',
    ]
    name = f"test_{defect.id.replace('-', '_')}"
    return path, _appended(files.get(path, ""), name, body)


def _for_mutant(spec: TestSpec, mutant: Mutant, files: dict[str, str]) -> tuple[str, str]:
    path = f"reference/{spec.tests}"
    body = [
        f"    # {mutant.says.strip().splitlines()[0]}",
        "    # Call it so that this program gives something else than the right one.",
        f"    import {spec.module}",
        "",
        f'    assert {spec.module} is None, "say here what the right program gives"',
    ]
    return path, _appended(files.get(path, ""), f"test_{mutant.id.replace('-', '_')}", body)


def _appended(text: str, name: str, body: list[str]) -> str:
    start = f"{text.rstrip()}\n\n\n" if text.strip() else ""
    return f"{start}def {name}():\n" + "\n".join(body) + "\n"
