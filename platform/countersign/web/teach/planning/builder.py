"""A course on one page: its rules, units, lessons and exercises, in order.

Every button keeps what is typed and then does one thing, so that the page works without scripts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from countersign.authoring import plans
from countersign.authoring.models import CoursePlan
from countersign.authoring.plans import LONGEST_BODY, LessonPlan, Outline, UnitPlan, outline_of
from countersign.authoring.services.planning import (
    PlannedMeanwhile,
    Rules,
    choosable,
    plan_course,
    save_plan,
)
from countersign.cohorts.models import Cohort
from countersign.exercises.kinds.face import typed
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.authoring.finding import chosen_organisation, taught_organisations


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_list(request: HttpRequest) -> HttpResponse:
    """The courses of one's organisations, and which release each cohort is on."""
    if request.method == "POST":
        title = request.POST.get("title", "").strip() or _("A new course")
        made = plan_course(organisation=chosen_organisation(request), title=title)
        return redirect("plan_edit", made.pk)
    user = person(request)
    return page(
        request,
        "plan/list.html",
        door=Door.TEACH,
        courses=CoursePlan.objects.visible_to(user).select_related("organisation"),
        cohorts=Cohort.objects.visible_to(user)
        .taught_by(user)
        .select_related("organisation", "release")
        .order_by("name"),
        organisations=taught_organisations(request),
    )


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show the course, or keep it and do what the pressed button says."""
    plan = get_object_or_404(
        CoursePlan.objects.visible_to(person(request)).select_related("organisation"), pk=plan_id
    )
    if request.method != "POST":
        return _show(request, plan, outline_of(plan.outline))
    outline = _read_outline(outline_of(plan.outline), request.POST)
    outline = _done(outline, request.POST.get("do", ""), request.POST, plan)
    try:
        save_plan(
            plan=plan,
            rules=_read_rules(request.POST),
            outline=outline,
            edition=_number(request.POST.get("edition", "")) or 0,
        )
    except PlannedMeanwhile:
        return _show(request, plan, outline, met=True)
    if not request.POST.get("do"):
        messages.success(request, _("Saved."))
    return redirect("plan_edit", plan.pk)


def _show(
    request: HttpRequest, plan: CoursePlan, outline: Outline, *, met: bool = False
) -> HttpResponse:
    versions = {str(each.exercise_id): each for each in choosable(plan.organisation)}
    used = {str(each) for each in outline.exercises}
    return page(
        request,
        "plan/edit.html",
        door=Door.TEACH,
        status=409 if met else 200,
        plan=plan,
        met=met,
        units=[
            {
                "at": at,
                "unit": unit,
                "lessons": [
                    {
                        "at": number,
                        "lesson": lesson,
                        "exercises": [
                            {"uuid": each, "version": versions.get(each)}
                            for each in lesson.exercises
                        ],
                    }
                    for number, lesson in enumerate(unit.lessons)
                ],
            }
            for at, unit in enumerate(outline.units)
        ],
        choices=[each for uuid, each in versions.items() if uuid not in used],
    )


def _read_rules(post: QueryDict) -> Rules:
    tries = _number(post.get("most_tries", ""))
    return Rules(
        title=post.get("title", "").strip(),
        summary=post.get("summary", "").strip(),
        most_tries=tries if tries and tries <= 1000 else None,
        gives_hints=post.get("hints") != "none",
    )


def _read_outline(known: Outline, post: QueryDict) -> Outline:
    """The outline with what was typed in it."""
    return Outline(units=tuple(_read_unit(unit, at, post) for at, unit in enumerate(known.units)))


def _read_unit(unit: UnitPlan, at: int, post: QueryDict) -> UnitPlan:
    name = f"u{at}"
    opens = _number(post.get(f"{name}.opens", ""))
    return UnitPlan(
        uuid=unit.uuid,
        title=post.get(f"{name}.title", unit.title).strip()[:120] or unit.title,
        summary=post.get(f"{name}.summary", unit.summary).strip()[:400],
        opens_after=opens if opens is None or opens <= 3650 else None,
        waits=f"{name}.waits" in post,
        lessons=tuple(
            _read_lesson(lesson, f"{name}.l{number}", post)
            for number, lesson in enumerate(unit.lessons)
        ),
    )


def _read_lesson(lesson: LessonPlan, name: str, post: QueryDict) -> LessonPlan:
    minutes = _number(post.get(f"{name}.minutes", ""))
    return LessonPlan(
        uuid=lesson.uuid,
        title=post.get(f"{name}.title", lesson.title).strip()[:120] or lesson.title,
        minutes=minutes if minutes and minutes <= 120 else lesson.minutes,
        body=typed(post.get(f"{name}.body", lesson.body))[:LONGEST_BODY],
        exercises=lesson.exercises,
    )


def _number(said: str) -> int | None:
    said = said.strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else None


def _done(outline: Outline, said: str, post: QueryDict, plan: CoursePlan) -> Outline:
    """The outline after the button ``said``: a verb and the numbers of what it is about."""
    verb, *numbers = said.split() or [""]
    path = [number for each in numbers if (number := _number(each)) is not None]
    acts: dict[str, Callable[[], Outline]] = {
        "add-unit": lambda: plans.with_unit(outline, _("A new unit")),
        "add-lesson": lambda: plans.with_lesson(outline, path[0], _("A new lesson")),
        "up": lambda: plans.moved(outline, path, -1),
        "down": lambda: plans.moved(outline, path, 1),
        "remove": lambda: plans.without(outline, path),
        "add-exercise": lambda: _with_chosen(outline, path, post, plan),
    }
    needed = {"add-lesson": 1, "add-exercise": 2, "up": 1, "down": 1, "remove": 1}
    if verb not in acts or len(path) < needed.get(verb, 0):
        return outline
    return acts[verb]()


def _with_chosen(outline: Outline, path: list[int], post: QueryDict, plan: CoursePlan) -> Outline:
    said = post.get(f"u{path[0]}.l{path[1]}.add", "")
    known: dict[str, Any] = {str(each.exercise_id): each for each in choosable(plan.organisation)}
    if said not in known:
        return outline
    return plans.with_exercise(outline, path[0], path[1], UUID(said))
