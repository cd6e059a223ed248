"""The same programs and tests in plain pytest and in the grader: where do they differ?"""

from __future__ import annotations

from collections.abc import Iterator

from grader.answer import Answer
from grader.drafts import draft_of
from grader.engine import Tools, grade
from grader.verdict import Status, TestStatus, Verdict
from tests.grader.track.plain import Passed, passed_in_plain_pytest
from tests.grader.track.reading import TrackExercise


def differences(exercise: TrackExercise, *, tools: Tools, most_mutants: int) -> Iterator[str]:
    """Each program whose tests don't pass and fail alike in both, in words."""
    programs = dict(exercise.programs(most_mutants=most_mutants))
    beside = {**exercise.aside, **exercise.tests}
    plain = passed_in_plain_pytest(
        [(name, {exercise.program: text}) for name, text in programs.items()], beside
    )
    draft = draft_of(beside, name=exercise.name, answer=[exercise.program])
    for name, text in programs.items():
        verdict = grade(draft, Answer(files={exercise.program: text}), tools=tools)
        said = _difference(verdict, plain[name])
        if said:
            yield f"{exercise.name}, {name}: {said}"


def _difference(verdict: Verdict, plain: Passed) -> str:
    here = {test.id: test.status is TestStatus.PASSED for test in verdict.tests}
    if not plain or verdict.status not in (Status.PASSED, Status.FAILED):
        passes_there = bool(plain) and all((plain or {}).values())
        passes_here = verdict.status is Status.PASSED
        if passes_there is passes_here:
            return ""
        return f"the grader says {verdict.status}, plain pytest {plain}"
    unlike = sorted(test for test in plain if plain[test] is not here.get(test))
    if not unlike and (verdict.status is Status.PASSED) is all(plain.values()):
        return ""
    notes = verdict.details.get("suite_notes", {})
    told = [f"{test} (plain: {plain[test]}) {notes.get(test, '')[-600:]}" for test in unlike]
    return f"{verdict.status} but " + "; ".join(told)
