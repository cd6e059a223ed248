"""Checks run by a worker: progress, what needn't run again, and publishing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from countersign.authoring import starts
from countersign.authoring.models import Checking, CheckState, Manuscript
from countersign.authoring.parts import FILES
from countersign.authoring.services import checking, publishing, writing
from countersign.authoring.services.skeletons import write_skeleton
from countersign.common import clock
from countersign.courses.models import Skill
from countersign.exercises.models import Exercise, ExerciseVersion
from tests.cast import Cast


@pytest.fixture(autouse=True)
def skills(db: None) -> None:
    """The skills that the drafts name."""
    names = ["read.trace", "read.explain", "review.logic", "review.tests", "prompt.edges"]
    names += ["decide.claims", "decide.stakes"]
    for position, name in enumerate(names):
        Skill.objects.create(id=name, competency="c", title=name, evidence="e", position=position)


def _change(manuscript: Manuscript, path: str, old: str, new: str, people: Cast) -> None:
    files = writing.newest(manuscript).files
    assert old in files[path]
    writing.save(
        manuscript=manuscript,
        part=FILES,
        texts={path: files[path].replace(old, new)},
        base=FILES.base(files),
        actor=people.ben,
    )


def _checked(manuscript: Manuscript, people: Cast) -> Checking:
    made = checking.ask(
        manuscript=manuscript, revision=writing.newest(manuscript), actor=people.ben
    )
    checking.run(made.pk)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("kind", starts.whole_kinds())
def test_the_draft_that_a_kind_begins_with_is_proven(people: Cast, kind: str) -> None:
    made = writing.begin(organisation=people.northgate, kind=kind, actor=people.ben)

    found = _checked(made, people)

    assert [line["problems"] for line in found.report if line["problems"]] == []
    assert found.state == CheckState.DONE


def test_a_problem_names_its_file_line_and_remedy(manuscript: Manuscript, people: Cast) -> None:
    _change(manuscript, "exercise.yaml", "returns: 6", "returns: 7", people)

    found = _checked(manuscript, people)

    problems = [problem for line in found.report for problem in line["problems"]]
    assert problems
    assert all(each["file"] and each["message"] and each["remedy"] for each in problems)
    assert not found.is_proven


def test_only_what_changed_is_run_again(manuscript: Manuscript, people: Cast) -> None:
    _checked(manuscript, people)
    _change(manuscript, "answers/failed-no-limit.py", "import math", "import math  # !", people)

    found = _checked(manuscript, people)

    again = {line["about"] for line in found.report if line["name"] == "answer" and line["again"]}
    assert again == {"answers/failed-no-limit.py"}


def test_the_same_text_asked_for_twice_is_checked_once(
    manuscript: Manuscript, people: Cast
) -> None:
    head = writing.newest(manuscript)
    first = checking.ask(manuscript=manuscript, revision=head, actor=people.ben)

    assert checking.ask(manuscript=manuscript, revision=head, actor=people.ben) == first


def test_checks_whose_worker_died_are_done_by_another(
    manuscript: Manuscript, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checking.ask(
        manuscript=manuscript, revision=writing.newest(manuscript), actor=people.ben
    )
    checking._claim(made.pk)  # a worker that is then killed
    assert not checking.run_next()
    later = clock.now() + checking.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert checking.run_next()

    made.refresh_from_db()
    assert (made.state, made.claims) == (CheckState.DONE, 2)


def test_checks_that_keep_ending_their_worker_are_our_fault(
    manuscript: Manuscript, people: Cast
) -> None:
    made = checking.ask(
        manuscript=manuscript, revision=writing.newest(manuscript), actor=people.ben
    )
    Checking.objects.unscoped().filter(pk=made.pk).update(claims=checking.MOST_CLAIMS)

    checking.run(made.pk)

    made.refresh_from_db()
    assert made.state == CheckState.FAULT


def test_a_test_that_never_ends_breaks_only_its_exercise(
    manuscript: Manuscript, people: Cast
) -> None:
    _change(manuscript, "reference/solution.py", "import math", "while True: pass", people)

    found = _checked(manuscript, people)

    assert found.state == CheckState.DONE
    assert found.problems


def test_a_proven_text_is_published_as_the_organisations_own(
    manuscript: Manuscript, people: Cast
) -> None:
    _checked(manuscript, people)

    version = publishing.publish(manuscript=manuscript, actor=people.ben)

    assert version.exercise.organisation == people.northgate
    assert writing.newest(manuscript).published == version


def test_a_text_that_changed_since_its_checks_can_t_be_published(
    manuscript: Manuscript, people: Cast
) -> None:
    _checked(manuscript, people)
    _change(manuscript, "README.md", "Porto", "Faro", people)

    with pytest.raises(publishing.NotProven):
        publishing.publish(manuscript=manuscript, actor=people.ben)

    assert not ExerciseVersion.objects.filter(exercise=manuscript.exercise).exists()


def test_another_exercises_uuid_is_found_by_the_checks(
    manuscript: Manuscript, people: Cast
) -> None:
    others = str(people.version.exercise_id)
    _change(manuscript, "exercise.yaml", str(manuscript.exercise), others, people)

    found = _checked(manuscript, people)

    assert "uuid" in found.report[0]["problems"][0]["message"]
    assert Exercise.objects.get(pk=others).organisation is None


def test_a_row_that_nothing_catches_gets_the_beginning_of_a_test(people: Cast) -> None:
    made = writing.begin(organisation=people.northgate, kind="review", actor=people.ben)

    path = write_skeleton(manuscript=made, row="no-limit", actor=people.ben)

    text = writing.newest(made).files[path]
    assert "def test_no_limit():" in text
    assert "#   8: return fee" in text
