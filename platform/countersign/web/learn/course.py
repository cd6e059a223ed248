"""The learner's home, the page of a course and the page of a unit."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.cohorts.services import open_place
from countersign.courses.models import Course, ExercisePlace, Release, Skill
from countersign.learning.path import CourseStanding, Progress, Step, standing, steps_of
from countersign.learning.services import progress
from countersign.regrades.services import Told, told_lately
from countersign.web.access import Door, door, person
from countersign.web.learn.closed import closed_page
from countersign.web.learn.desk import NoPlace, place_in
from countersign.web.learn.exercise import to_the_course
from countersign.web.learn.frame import HOME, frame
from countersign.web.learn.links import course_url, place_url, step_url, unit_url
from countersign.web.learn.news import announcements_for, news_of
from countersign.web.learn.result import result_words
from countersign.web.learn.suggested import suggested


@door(Door.PUBLIC)
@require_GET
def course(request: HttpRequest, course: str) -> HttpResponseBase:
    """What the course is; for its learners also how far they are and what comes next."""
    place = _place_of(request.user, course)
    release = place.cohort.release if place else Release.objects.current()
    found = _outline(release, course)
    stands = standing(found, progress(place) if place else Progress())
    context = {
        **(frame() if request.user.is_authenticated else {}),
        "course": found,
        "place": place,
        "standing": stands,
        "units": _units(stands),
        "go": _go(found, stands),
        "skills": _skills(found),
        "time_needed": _time_needed(found.minutes),
    }
    return render(request, "learn/course.html", context)


def _place_of(user: User | AnonymousUser, course: str) -> Enrolment | None:
    if not isinstance(user, User):
        return None
    try:
        return place_in(user, course)
    except NoPlace:
        return None


def _outline(release: Release | None, slug: str) -> Course:
    found = release and release.courses.with_outline().filter(slug=slug).first()
    if not found:
        raise Http404
    return found


def _units(stands: CourseStanding) -> list[dict[str, Any]]:
    here = stands.next.module.pk if stands.next else None
    return [
        {
            "number": unit.number,
            "title": unit.module.title,
            "summary": unit.module.summary,
            "href": unit_url(stands.course, unit.module),
            "done": unit.done,
            "total": unit.total,
            "is_done": unit.is_done,
            "is_next": unit.module.pk == here,
            "next": unit.next.title if unit.next and unit.done else "",
            "lessons": [lesson.title for lesson in unit.module.lessons.all()],
        }
        for unit in stands.units
    ]


def _go(found: Course, stands: CourseStanding) -> dict[str, str] | None:
    if stands.next is None:
        return None
    return {"href": step_url(found, stands.next), "title": stands.next.title}


def _time_needed(minutes: int) -> str:
    """“about 40 minutes”, “about 2.5 hours”"""
    if minutes < 90:
        return ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}
    hours = formats.number_format(round(minutes / 30) / 2).removesuffix(".0")
    return _("about %(n)s hours") % {"n": hours}


def _skills(found: Course) -> list[str]:
    return list(Skill.objects.filter(pk__in=found.skills).values_list("title", flat=True))


@door(Door.SIGNED_IN)
@require_POST
def start(request: HttpRequest, course: str) -> HttpResponseBase:
    """Take a place in the cohort that anyone may learn in, and go to the course's first step."""
    learner = person(request)
    if _place_of(learner, course) is None:
        _outline(Release.objects.current(), course)
        open_place(learner)
    found = _outline(place_in(learner, course).cohort.release, course)
    first = _go(found, standing(found, Progress()))
    return HttpResponseRedirect(first["href"] if first else course_url(found))


@door(Door.SIGNED_IN)
@require_GET
def unit(request: HttpRequest, course: str, unit: str) -> HttpResponseBase:
    """The lessons and exercises of one unit, and how far the learner is."""
    try:
        place = place_in(person(request), course)
    except NoPlace:
        return to_the_course(request, course)
    found = _outline(place.cohort.release, course)
    made = progress(place)
    stands = standing(found, made)
    here = next((each for each in stands.units if each.module.slug == unit), None)
    if here is None:
        raise Http404
    refused = closed_page(request, place, course, unit)
    if refused is not None:
        return refused
    context = {
        **frame(HOME),
        "course": found,
        "course_href": course_url(found),
        "unit": here,
        "steps": [_step(found, step, made, here.next) for step in steps_of(here.module)],
        "go": here.next and {"href": step_url(found, here.next), "title": here.next.title},
    }
    return render(request, "learn/unit.html", context)


def _step(found: Course, step: Step, made: Progress, following: Step | None) -> dict[str, Any]:
    return {
        "href": step_url(found, step),
        "title": step.title,
        "minutes": step.minutes,
        "is_exercise": bool(step.place),
        "summary": step.place.version.summary if step.place else "",
        "unaided": bool(step.place and not step.place.version.aided),
        "done": step.exercise in made.passed,
        "tried": step.exercise in made.tried,
        "is_next": step == following,
    }


@door(Door.SIGNED_IN)
@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """One way to go on, what is done, and the other courses."""
    learner = person(request)
    places = list(
        Enrolment.objects.visible_to(learner)
        .of(learner)
        .current()
        .select_related("cohort__release")
        .order_by("-joined_at")
    )
    stands = _standings(places)
    going_on = next((each for each in stands if each["go"]), None)
    context = {
        **frame(HOME),
        "learner": learner,
        "news": news_of(learner),
        "announcements": announcements_for(learner),
        "going_on": going_on,
        "courses": stands,
        "to_start": _others(stands),
        "regraded": [_regraded(each, places) for each in told_lately(learner)],
        "suggested": suggested(learner),
    }
    return render(request, "learn/home.html", context)


def _regraded(said: Told, places: list[Enrolment]) -> dict[str, str]:
    """One result that a regrade changed, and where the exercise stands."""
    attempt = said.after.submission.attempt
    place = next((each for each in places if each.pk == attempt.enrolment_id), None)
    stands = place and ExercisePlace.objects.of_exercise(
        place.cohort.release, attempt.version.exercise_id
    )
    return {
        "title": attempt.version.title,
        "href": place_url(stands) if stands else "",
        "before": result_words(said.before),
        "after": result_words(said.after),
        "why": said.why,
    }


def _standings(places: list[Enrolment]) -> list[dict[str, Any]]:
    """Each course once, in the newest place that holds it; those with work in them first."""
    seen: set[str] = set()
    found: list[dict[str, Any]] = []
    for place in places:
        made = progress(place)
        for each in place.cohort.release.courses.with_outline().order_by("position"):
            if each.slug not in seen:
                seen.add(each.slug)
                found.append(_standing(each, standing(each, made), bool(made.tried), place))
    return sorted(found, key=lambda each: not each["begun"])


def _standing(
    found: Course, stands: CourseStanding, begun: bool, place: Enrolment
) -> dict[str, Any]:
    return {
        "title": found.title,
        "slug": found.slug,
        "href": course_url(found),
        "cohort": place.cohort.name,
        "standing": stands,
        "begun": begun,
        "go": _go(found, stands),
        "next": stands.next,
        "units": _units(stands),
    }


def _others(stands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Courses of the newest release that the learner has no place in."""
    release = Release.objects.current()
    if release is None:
        return []
    mine = [each["slug"] for each in stands]
    return [
        {"title": each.title, "summary": each.summary, "href": course_url(each)}
        for each in release.courses.exclude(slug__in=mine)
    ]
