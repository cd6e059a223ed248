"""The learner's own skill profile, and the evidence behind one skill."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from countersign.courses.models import ExercisePlace, Skill
from countersign.learning.evidence import FEWEST_TASKS, Band, SkillScore
from countersign.learning.judgement import judged_work, judgement, to_practise
from countersign.learning.models import Evidence, LeftOut
from countersign.learning.services import CompetencyBars, SkillBars, competency_bars, profile
from countersign.learning.services.sharing import leave_out
from countersign.web.access import Door, door, person
from countersign.web.learn.desk import exercise_addresses
from countersign.web.learn.eye import eye, practise
from countersign.web.learn.frame import SKILLS, frame
from countersign.web.learn.result import clock_time

HARD = 0.6
"""In logits: from here on a task is called hard, below the minus of it easy."""

BANDS = {
    Band.TOO_FEW: "",
    Band.STARTING: _("Starting"),
    Band.GROWING: _("Growing"),
    Band.DEPENDABLE: _("Dependable"),
}


@door(Door.SIGNED_IN)
@require_GET
def skills(request: HttpRequest) -> HttpResponseBase:
    """What the learner can show, and on what evidence."""
    learner = person(request)
    competencies = profile(learner)
    work = judged_work(learner)
    context = {
        **frame(SKILLS),
        "eye": eye(judgement(work)),
        "practise": practise(learner, to_practise(work)),
        "competencies": [_competency(each) for each in competencies if each.tasks],
        "waiting": [each.title for each in competencies if not each.tasks],
        "fewest": FEWEST_TASKS,
    }
    return render(request, "learn/skills.html", context)


@door(Door.SIGNED_IN)
@require_GET
def skill(request: HttpRequest, skill: str) -> HttpResponseBase:
    """Every graded task behind one skill."""
    found = get_object_or_404(Skill, pk=skill)
    rows = list(
        Evidence.objects.visible_to(person(request))
        .filter(skill=found.pk)
        .select_related("version", "enrolment__cohort__release", "submission")
        .order_by("-at")
    )
    left = set(LeftOut.objects.visible_to(person(request)).values_list("enrolment", "exercise"))
    bars = next(
        (bar for each in competency_bars(rows) for bar in each.skills if bar.skill == found), None
    )
    context = {
        **frame(SKILLS),
        "skill": found,
        "bars": _bars(bars) if bars else None,
        "evidence": [_evidence(row, hidden=_hidden(row, left)) for row in rows],
        "fewest": FEWEST_TASKS,
    }
    return render(request, "learn/skill.html", context)


@door(Door.SIGNED_IN)
@require_POST
def leave_task_out(request: HttpRequest, skill: str, submission_id: UUID) -> HttpResponseBase:
    """Leave a task out of what employers see, or take it in again."""
    learner = person(request)
    rows = Evidence.objects.visible_to(learner).select_related("version", "enrolment__cohort")
    row = get_object_or_404(rows, skill=skill, submission=submission_id)
    out = request.POST.get("out") == "1"
    leave_out(row, learner=learner, out=out)
    said = (
        _("Left out. Employers don’t see this task or count it.")
        if out
        else _("Taken in again. Employers see this task as far as you share.")
    )
    messages.success(request, said)
    return redirect("skill", skill)


def _hidden(row: Evidence, left: set[tuple[UUID, UUID]]) -> bool:
    return (row.enrolment_id, row.version.exercise_id) in left


def _competency(each: CompetencyBars) -> dict[str, Any]:
    return {
        "title": each.title,
        **_both(each.aided, each.unaided),
        "tasks": each.tasks,
        "skills": [_bars(bar) for bar in each.skills],
    }


def _bars(bar: SkillBars) -> dict[str, Any]:
    return {
        "id": bar.skill.pk,
        "title": bar.skill.title,
        **_both(bar.aided, bar.unaided),
        "tasks": bar.tasks,
    }


def _both(aided: SkillScore, unaided: SkillScore) -> dict[str, Any]:
    return {
        "bars": [
            _bar(_("With help allowed"), aided),
            _bar(_("Without help"), unaided, alone=True),
        ]
    }


def _bar(label: Any, score: SkillScore, *, alone: bool = False) -> dict[str, Any]:
    """One bar; ``score`` is None while there are too few tasks to say."""
    return {
        "label": label,
        "alone": alone,
        "score": None if score.score is None else round(score.score),
        "tasks": score.tasks,
        "band": BANDS[score.band],
        "low": round(score.low),
        "high": round(score.high),
        "is_few": score.score is not None and score.tasks < 2 * FEWEST_TASKS,
    }


def _evidence(row: Evidence, *, hidden: bool) -> dict[str, Any]:
    return {
        "submission": row.submission_id,
        "hidden": hidden,
        "difficulty": _difficulty(row.difficulty),
        "weight": round(100 * row.weight),
        "title": row.version.title,
        "href": _attempt_url(row),
        "at": clock_time(row.at),
        "best": round(row.best),
        "first": round(row.first),
        "passed": row.passed,
        "tries": row.tries,
        "hints": row.hints,
        "aided": row.aided,
        "engine": row.engine,
        "cohort": row.enrolment.cohort.name,
    }


def _difficulty(difficulty: float) -> Any:
    """How hard a task proved to be, in a word."""
    if abs(difficulty) < HARD:
        return _("middling")
    return _("hard") if difficulty > 0 else _("easy")


def _attempt_url(row: Evidence) -> str:
    """The page of the try that counts, while its exercise stands in the learner's course."""
    spot = ExercisePlace.objects.of_exercise(row.enrolment.cohort.release, row.version.exercise_id)
    if spot is None:
        return ""
    module = spot.lesson.module
    base = exercise_addresses(module.course.slug, module.slug, spot.slug).attempts
    query = "" if spot.version_id == row.version_id else f"?version={row.version.number}"
    return f"{base}{row.submission.number}/{query}"
