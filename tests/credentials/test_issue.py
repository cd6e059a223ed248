"""A credential follows from results, and goes when its ground goes."""

from __future__ import annotations

from uuid import UUID

import pytest

from countersign.courses.models import Skill
from countersign.credentials import presented
from countersign.credentials.models import Credential, CredentialKind, Withdrawal
from countersign.credentials.presented import Finding
from countersign.credentials.services import review
from countersign.events import outbox
from countersign.grading import services as grading
from countersign.grading.models import Result
from tests.cast import Cast, a_release, a_version
from tests.work import graded, settled, verdict


@pytest.fixture(autouse=True)
def skill(db: None) -> Skill:
    return Skill.objects.create(
        pk="read.trace",
        competency="Interpret outputs",
        title="Predict what code does",
        evidence="The value you predict is the value the code gives.",
        position=0,
    )


def alone(people: Cast, scores: list[float]) -> list[Result]:
    """Unaided tasks of one skill, one for each score."""
    return [graded(people.ada_place, a_version(aided=False), score) for score in scores]


def badges(people: Cast) -> list[Credential]:
    return list(Credential.objects.visible_to(people.ada).filter(kind=CredentialKind.SKILL))


def regraded(people: Cast, result: Result, score: float) -> None:
    grading.regrade(submissions=[result.submission], actor=people.ben)
    settled(result.submission, verdict(score))
    review(people.ada)


def test_eight_dependable_tasks_without_help_earn_a_badge(people: Cast) -> None:
    alone(people, [100.0] * 8)
    outbox.deliver()
    (badge,) = badges(people)
    assert (badge.tasks, badge.title) == (8, "Predict what code does")
    assert badge.score is not None
    assert badge.score > 75


def test_seven_tasks_earn_nothing(people: Cast) -> None:
    alone(people, [100.0] * 7)
    review(people.ada)
    assert badges(people) == []


def test_work_with_help_earns_nothing(people: Cast) -> None:
    for _ in range(9):
        graded(people.ada_place, a_version(aided=True), 100.0)
    review(people.ada)
    assert badges(people) == []


def test_a_score_that_is_not_dependable_earns_nothing(people: Cast) -> None:
    alone(people, [60.0] * 9)
    review(people.ada)
    assert badges(people) == []


def test_looking_twice_issues_once(people: Cast) -> None:
    alone(people, [100.0] * 8)
    review(people.ada)
    review(people.ada)
    assert len(badges(people)) == 1


def test_a_bad_day_later_takes_nothing_away(people: Cast) -> None:
    alone(people, [100.0] * 8)
    review(people.ada)
    alone(people, [0.0] * 4)
    review(people.ada)
    assert not badges(people)[0].is_withdrawn


def test_a_regrade_that_takes_the_ground_away_withdraws(people: Cast) -> None:
    results = alone(people, [100.0] * 8)
    review(people.ada)
    for result in results[:5]:
        grading.regrade(submissions=[result.submission], actor=people.ben)
        settled(result.submission, verdict(10.0))
    review(people.ada)
    (badge,) = badges(people)
    assert badge.withdrawal == Withdrawal.GROUND_LOST
    assert presented.by_code(badge.code).finding is Finding.WITHDRAWN


def test_a_regrade_that_changes_the_figures_replaces_it(people: Cast) -> None:
    results = alone(people, [100.0] * 8)
    review(people.ada)
    first = badges(people)[0]
    regraded(people, results[0], 90.0)
    first.refresh_from_db()
    standing = Credential.objects.visible_to(people.ada).standing().get()
    assert first.withdrawal == Withdrawal.REPLACED
    assert first.replaced_by == standing
    assert standing.score is not None
    assert standing.score < 100


def test_a_regrade_with_the_same_result_changes_nothing(people: Cast) -> None:
    results = alone(people, [100.0] * 8)
    review(people.ada)
    code = badges(people)[0].code
    regraded(people, results[0], 100.0)
    assert [badge.code for badge in badges(people)] == [code]


def test_a_badge_that_its_owner_withdrew_is_not_issued_again(people: Cast) -> None:
    from countersign.credentials.services import withdraw_own

    alone(people, [100.0] * 8)
    review(people.ada)
    withdraw_own(badges(people)[0], actor=people.ada)
    review(people.ada)
    assert [badge.is_withdrawn for badge in badges(people)] == [True]


def test_a_passed_course_earns_a_certificate(people: Cast) -> None:
    graded(people.ada_place, people.version, 100.0)
    review(people.ada)
    certificate = Credential.objects.visible_to(people.ada).get(kind=CredentialKind.COURSE)
    course = people.release.courses.get()
    assert UUID(certificate.subject) == course.uuid
    assert (certificate.tasks, certificate.score) == (0, None)  # all of it was done with help


def test_a_course_with_one_exercise_open_earns_none(people: Cast) -> None:
    versions = [a_version(), a_version()]
    people.cohort.release = a_release(*versions)
    people.cohort.save()
    graded(people.ada_place, versions[0], 100.0)
    review(people.ada)
    assert not Credential.objects.visible_to(people.ada).exists()


def test_nobody_else_sees_a_learners_credentials(people: Cast) -> None:
    alone(people, [100.0] * 8)
    review(people.ada)
    assert not Credential.objects.visible_to(people.ben).exists()
    assert not Credential.objects.visible_to(people.eve).exists()
