"""Recompute what a learner's results say, and read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.courses.models import Skill
from countersign.grading.models import Result, SealedVerdict
from countersign.learning.evidence import GradedWork, SkillScore, Task, skill_score, tasks_of
from countersign.learning.models import Evidence, ItemDifficulty
from countersign.learning.path import Progress
from countersign.submissions.models import Attempt
from grader.verdict import Status


def graded_work(enrolment: Enrolment) -> list[GradedWork]:
    """Every counting, graded result of this place."""
    results = (
        Result.objects.unscoped()
        .counting()
        .filter(submission__attempt__enrolment=enrolment, score__isnull=False)
        .select_related("submission__attempt__version")
    )
    hints = dict(
        Attempt.objects.unscoped()
        .filter(enrolment=enrolment)
        .annotate(many=Count("hints_taken"))
        .values_list("pk", "many")
    )
    difficulties = dict(ItemDifficulty.objects.values_list("exercise", "difficulty"))
    found = [
        work_of(result, hints=hints.get(result.submission.attempt_id, 0), difficulties=difficulties)
        for result in results
    ]
    return [piece for work in found for piece in by_link(work)]


def work_of(
    result: Result, *, hints: int, difficulties: Mapping[UUID, float] | None = None
) -> GradedWork:
    """One counting, graded result as the pure functions read it."""
    version = result.submission.attempt.version
    score = result.percent
    assert score is not None
    return GradedWork(
        submission=result.submission_id,
        exercise=version.exercise_id,
        skills=tuple(version.skills),
        aided=version.aided,
        score=score,
        passed=result.passed,
        hints=hints,
        engine=result.engine,
        at=result.submission.received_at,
        difficulty=(difficulties or {}).get(version.exercise_id, 0.0),
        kind=version.kind,
    )


def by_link(work: GradedWork) -> list[GradedWork]:
    """The work of a chain as one piece for each link, each evidence of its own skills; other work
    as it is."""
    if work.kind != "chain":
        return [work]
    sealed = SealedVerdict.objects.filter(result__submission=work.submission)
    details = sealed.get(result__superseded_by=None).verdict["details"]
    return [
        replace(
            work,
            link=link["id"],
            skills=tuple(link["skills"]),
            score=link["score"],
            passed=link["passed"],
            whole=work.passed,
        )
        for link in details["links"]
    ]


def tasks(enrolment: Enrolment) -> list[Task]:
    """What this place's results come to, one task per exercise."""
    return tasks_of(graded_work(enrolment))


def recompute(enrolment: Enrolment) -> int:
    """Write the evidence of a place anew from its results. Answers how many rows.

    Running it twice, or after a lost message, gives the same rows. Nothing is written where
    nothing differs: a write would make others wait.
    """
    if not differences(enrolment):
        unchanged: int = Evidence.objects.unscoped().filter(enrolment=enrolment).count()
        return unchanged
    with transaction.atomic():
        Enrolment.objects.unscoped().select_for_update().get(pk=enrolment.pk)  # one at a time
        wanted = _rows(enrolment)
        Evidence.objects.unscoped().filter(enrolment=enrolment).delete()
        Evidence.objects.bulk_create(wanted)
    return len(wanted)


def _rows(enrolment: Enrolment) -> list[Evidence]:
    found = tasks(enrolment)
    versions = dict(
        Attempt.objects.unscoped()
        .filter(enrolment=enrolment, submissions__in=[task.submission for task in found])
        .values_list("submissions", "version")
    )
    return [
        Evidence(
            enrolment=enrolment,
            skill=skill,
            version_id=versions[task.submission],
            submission_id=task.submission,
            aided=task.aided,
            best=task.best,
            first=task.first,
            passed=task.passed,
            tries=task.tries,
            hints=task.hints,
            engine=task.engine,
            difficulty=task.difficulty,
            weight=task.help_weight,
            at=task.at,
        )
        for task in found
        for skill in task.skills
    ]


def differences(enrolment: Enrolment) -> int:
    """How many evidence rows differ from a recomputation. Changes nothing."""
    return _differing(enrolment, _rows(enrolment))


def _differing(enrolment: Enrolment, wanted: Iterable[Evidence]) -> int:
    stored = Evidence.objects.unscoped().filter(enrolment=enrolment)
    return len({_facts(row) for row in stored} ^ {_facts(row) for row in wanted})


def _facts(row: Evidence) -> tuple[object, ...]:
    found = (row.skill, row.version_id, row.submission_id, row.aided, row.best, row.first)
    return (
        *found,
        row.passed,
        row.tries,
        row.hints,
        row.engine,
        row.difficulty,
        row.weight,
        row.at,
    )


def progress(enrolment: Enrolment) -> Progress:
    """Which exercises this place has passed, and which it has tried."""
    results = (
        Result.objects.unscoped()
        .counting()
        .filter(submission__attempt__enrolment=enrolment)
        .exclude(status=Status.INVALID)
        .values_list("submission__attempt__version__exercise", "status")
    )
    found = list(results)
    return Progress(
        passed=frozenset(exercise for exercise, status in found if status == Status.PASSED),
        tried=frozenset(exercise for exercise, _ in found),
    )


@dataclass(frozen=True)
class SkillBars:
    """One skill of a profile: with help allowed, and without."""

    skill: Skill
    aided: SkillScore
    unaided: SkillScore
    evidence: tuple[Evidence, ...]

    @property
    def tasks(self) -> int:
        return self.aided.tasks + self.unaided.tasks


@dataclass(frozen=True)
class CompetencyBars:
    """One competency: its skills that have evidence, and all its tasks taken together."""

    title: str
    skills: tuple[SkillBars, ...]
    aided: SkillScore
    unaided: SkillScore

    @property
    def tasks(self) -> int:
        return self.aided.tasks + self.unaided.tasks


def profile(learner: User) -> list[CompetencyBars]:
    """The learner's own skill profile, over all their places."""
    rows = list(Evidence.objects.visible_to(learner).select_related("version", "enrolment__cohort"))
    return competency_bars(rows)


def competency_bars(rows: Iterable[Evidence]) -> list[CompetencyBars]:
    """Bars of each competency of the framework, in its order."""
    rows = list(rows)
    titles: dict[str, list[Skill]] = {}
    for skill in Skill.objects.all():
        titles.setdefault(skill.competency, []).append(skill)
    return [_competency(title, skills, rows) for title, skills in titles.items()]


def _competency(title: str, skills: list[Skill], rows: list[Evidence]) -> CompetencyBars:
    ids = {skill.pk for skill in skills}
    mine = [row for row in rows if row.skill in ids]
    bars = tuple(_skill(skill, [row for row in mine if row.skill == skill.pk]) for skill in skills)
    return CompetencyBars(
        title=title,
        skills=tuple(bar for bar in bars if bar.evidence),
        aided=_score(row for row in mine if row.aided),
        unaided=_score(row for row in mine if not row.aided),
    )


def _skill(skill: Skill, rows: list[Evidence]) -> SkillBars:
    return SkillBars(
        skill=skill,
        aided=_score(row for row in rows if row.aided),
        unaided=_score(row for row in rows if not row.aided),
        evidence=tuple(rows),
    )


def _score(rows: Iterable[Evidence]) -> SkillScore:
    """One task per submission, however many of the skills it names."""
    unique: dict[UUID, Evidence] = {row.submission_id: row for row in rows}
    return skill_score([_task(row) for row in unique.values()])


def _task(row: Evidence) -> Task:
    return Task(
        exercise=row.version.exercise_id,
        skills=(row.skill,),
        aided=row.aided,
        best=row.best,
        first=row.first,
        passed=row.passed,
        finished=row.passed,
        passed_first=row.passed and row.tries == 1,
        tries=row.tries,
        tries_until_passed=None,
        hints=row.hints,
        engine=row.engine,
        submission=row.submission_id,
        at=row.at,
        difficulty=row.difficulty,
    )
