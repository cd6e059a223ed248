"""The skill check: what it is, one sitting with its clock, and what came of both forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock, markdown
from countersign.common.text import UnstorableText
from countersign.courses.models import Skill, SkillCheck
from countersign.exercises.kinds import AnswerTooLarge, face_of
from countersign.learning.models import Sitting
from countersign.learning.services import sittings
from countersign.submissions.services import DraftConflict, TooMany
from countersign.web.access import Door, door, person
from countersign.web.learn.frame import SKILLS, frame
from countersign.web.learn.result import clock_time

FORMS = ("before", "after")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A skill check of one of the learner's places, and their sittings of it."""

    place: Enrolment
    check: SkillCheck
    before: Sitting | None
    after: Sitting | None


def _offers(learner: User) -> list[Offer]:
    """Every check of the learner's cohorts; the newest place first."""
    places = Enrolment.objects.visible_to(learner).of(learner).select_related("cohort__release")
    found = []
    for place in places.filter(ended_at=None):
        taken = sittings.sittings_of(place)
        for check in place.cohort.release.checks.all():
            before, after = (taken.get((check.uuid, late)) for late in (False, True))
            found.append(Offer(place=place, check=check, before=before, after=after))
    return found


def _offer(learner: User, slug: str) -> Offer:
    for offer in _offers(learner):
        if offer.check.slug == slug:
            return offer
    raise Http404


def _sitting(learner: User, slug: str, form: str) -> tuple[Offer, Sitting]:
    offer = _offer(learner, slug)
    sitting = {"before": offer.before, "after": offer.after}.get(form)
    if sitting is None:
        raise Http404
    return offer, sitting


@door(Door.SIGNED_IN)
@require_GET
def checks(request: HttpRequest) -> HttpResponseBase:
    """Every skill check, how it stands, and what changed between its forms."""
    rows = [_row(offer) for offer in _offers(person(request))]
    context = {**frame(SKILLS), "checks": rows, "extensions": _extensions()}
    return render(request, "learn/checks.html", context)


def _extensions() -> list[dict[str, str]]:
    return [
        {"value": str(each), "label": f"× {each.normalize():f}"} for each in sittings.EXTENSIONS
    ]


def _row(offer: Offer) -> dict[str, Any]:
    first = sittings.outcome(offer.before) if offer.before else None
    second = sittings.outcome(offer.after) if offer.after else None
    return {
        "slug": offer.check.slug,
        "title": offer.check.title,
        "summary": offer.check.summary,
        "minutes": offer.check.minutes,
        "cohort": offer.place.cohort.name,
        "forms": [
            _form(offer, "before", offer.before, first, is_open=True),
            _form(offer, "after", offer.after, second, is_open=_is_done(offer.before)),
        ],
        "skills": _skills(first, second),
        "gain": sittings.change(first, second),
    }


def _is_done(sitting: Sitting | None) -> bool:
    return sitting is not None and sitting.finished_at is not None


def _form(
    offer: Offer,
    name: str,
    sitting: Sitting | None,
    found: sittings.Outcome | None,
    *,
    is_open: bool,
) -> dict[str, Any]:
    return {
        "name": name,
        "label": _("Before") if name == "before" else _("After"),
        "start": reverse("check_start", args=[offer.check.slug, name]),
        "href": reverse("check_sitting", args=[offer.check.slug, name]),
        "is_open": is_open,
        "begun": sitting is not None,
        "done": _is_done(sitting),
        "at": clock_time(sitting.finished_at) if sitting and sitting.finished_at else "",
        "outcome": found,
    }


def _skills(*outcomes: sittings.Outcome | None) -> list[dict[str, Any]]:
    """Each skill with what was right of it in both forms."""
    titles = dict(Skill.objects.values_list("pk", "title"))
    named = dict.fromkeys(skill for each in outcomes if each for skill in each.by_skill)
    return [
        {
            "title": titles.get(skill, skill),
            "marks": [each.by_skill.get(skill) if each else None for each in outcomes],
        }
        for skill in named
    ]


@door(Door.SIGNED_IN)
@require_POST
def start(request: HttpRequest, check: str, form: str) -> HttpResponseBase:
    """Begin a form. The clock starts now."""
    if form not in FORMS:
        raise Http404
    offer = _offer(person(request), check)
    said = request.POST.get("extension", "")
    extension = next((each for each in sittings.EXTENSIONS if str(each) == said), 1)
    try:
        sittings.start(
            offer.check,
            enrolment=offer.place,
            after=form == "after",
            extension=sittings.EXTENSIONS[0] * extension,
        )
    except sittings.NotYet:
        messages.info(request, _("The second form opens once you have handed in the first."))
        return redirect("checks")
    return redirect("check_sitting", check, form)


@door(Door.SIGNED_IN)
@require_GET
def sitting(request: HttpRequest, check: str, form: str) -> HttpResponseBase:
    """The form with its clock; paused or out of time, what is safe and what to do next."""
    offer, found = _sitting(person(request), check, form)
    if found.finished_at is not None:
        return redirect("checks")
    return render(request, "learn/sitting.html", _context(offer, found, form))


def _context(offer: Offer, found: Sitting, form: str) -> dict[str, Any]:
    now = clock.now()
    answer, revision = sittings.saved(found)
    is_over = sittings.is_over(found, now)
    hidden = is_over or found.is_paused
    face = face_of(found.version)
    left = sittings.remaining(found, now)
    return {
        **frame(SKILLS),
        "check": offer.check,
        "sitting": found,
        "version": found.version,
        "brief": markdown.render(found.version.brief.partition("\n")[2]),
        "parts": [] if hidden else face.work(found.version, answer, {}),
        "answered": len(answer.fields),
        "items": len(found.version.shown["questions"]),
        "revision": revision,
        "is_over": is_over,
        "seconds": int(left.total_seconds()),
        "minutes_left": -(-int(left.total_seconds()) // 60),
        "may_pause": found.paused_for < sittings.LONGEST_PAUSE,
        "pause_minutes": int(sittings.LONGEST_PAUSE.total_seconds() // 60),
        "urls": {
            name: reverse(f"check_{name}", args=[offer.check.slug, form])
            for name in ("sitting", "save", "pause", "resume", "finish")
        },
    }


@door(Door.SIGNED_IN)
@require_POST
def save(request: HttpRequest, check: str, form: str) -> HttpResponseBase:
    """Keep what is answered; with ``finish`` in the form, hand it in."""
    _offer_found, found = _sitting(person(request), check, form)
    refusal = _kept(request, found)
    if request.headers.get("Accept", "").startswith("application/json"):
        return refusal or _kept_words(found)
    if refusal is None and request.POST.get("finish"):
        return _finish(request, found)
    return HttpResponseRedirect(reverse("check_sitting", args=[check, form]))


def _kept(request: HttpRequest, found: Sitting) -> JsonResponse | None:
    """Save what was sent. Answers why not, if it wasn't, in a form's own words."""
    said = request.POST.get("revision", "")
    revision = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
    try:
        answer = face_of(found.version).answer_from_post(found.version, request.POST)
        sittings.save(found, answer=answer, revision=revision)
    except sittings.TimeIsUp:
        words = _("The clock has stopped. What was saved before counts.")
        messages.info(request, words)
        return JsonResponse({"words": words}, status=422)
    except DraftConflict as conflict:
        words = _("You answered in another tab. Reload to see what is saved.")
        messages.info(request, words)
        return JsonResponse({"revision": conflict.draft.revision, "words": words}, status=409)
    except (AnswerTooLarge, UnstorableText):
        words = _("There is something in an answer that we can’t keep. The rest is saved.")
        messages.info(request, words)
        return JsonResponse({"words": words}, status=422)
    return None


def _kept_words(found: Sitting) -> JsonResponse:
    _answer, revision = sittings.saved(found)
    return JsonResponse({"revision": revision, "saved_at": clock_time(clock.now())})


@door(Door.SIGNED_IN)
@require_POST
def pause(request: HttpRequest, check: str, form: str) -> HttpResponseBase:
    """Stop the clock; the items are out of sight until it goes on."""
    _offer_found, found = _sitting(person(request), check, form)
    _kept(request, found)
    if not sittings.pause(found):
        messages.info(request, _("There is no pause left in this sitting."))
    return redirect("check_sitting", check, form)


@door(Door.SIGNED_IN)
@require_POST
def resume(request: HttpRequest, check: str, form: str) -> HttpResponseBase:
    """Let the clock run again."""
    _offer_found, found = _sitting(person(request), check, form)
    sittings.go_on(found)
    return redirect("check_sitting", check, form)


@door(Door.SIGNED_IN)
@require_POST
def finish(request: HttpRequest, check: str, form: str) -> HttpResponseBase:
    """Hand in what was saved, when the time is up."""
    _offer_found, found = _sitting(person(request), check, form)
    return _finish(request, found)


def _finish(request: HttpRequest, found: Sitting) -> HttpResponse:
    try:
        sittings.finish(found)
    except TooMany:
        messages.info(
            request,
            _("Earlier work of yours waits for its result. Your answers are safe; try again."),
        )
        return redirect(request.path.replace("/save/", "/").replace("/finish/", "/"))
    messages.success(request, _("Handed in. The result shows here in a moment."))
    return redirect("checks")
