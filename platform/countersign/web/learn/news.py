"""What is new for a learner: about their work, and from those who teach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from countersign.accounts.models import User
from countersign.cohorts.announcements import put_away
from countersign.cohorts.models import Announcement
from countersign.courses.models import ExercisePlace
from countersign.submissions.models import Notice, NoticeKind, Submission
from countersign.submissions.notices import see_all
from countersign.web.access import Door, door, person
from countersign.web.learn.frame import frame

MOST = 10
PAGE_SIZE = 25

WORDS = {
    NoticeKind.COMMENT: gettext_lazy("Your instructor wrote about it"),
    NoticeKind.MARKED: gettext_lazy("The reasons of your memo were marked"),
    NoticeKind.ANSWERED: gettext_lazy("Your instructor answered: how your words were read"),
}


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that is new about a piece of work."""

    notice: UUID
    title: str
    words: str
    at: datetime


def news_of(learner: User) -> list[News]:
    """What this learner hasn't looked at yet, the newest first."""
    unseen = (
        Notice.objects.visible_to(learner)
        .unseen()
        .select_related("submission__attempt__version")
        .defer("submission__answer", "submission__attempt__version__shown")[:MOST]
    )
    return [
        News(
            notice=each.pk,
            title=each.submission.attempt.version.title,
            words=str(WORDS[NoticeKind(each.kind)]),
            at=each.made_at,
        )
        for each in unseen
    ]


@door(Door.SIGNED_IN)
@require_POST
def read_notice(request: HttpRequest, notice_id: UUID) -> HttpResponseRedirect:
    """Open the work that it is about; all that is new about it counts as seen."""
    learner = person(request)
    mine = Notice.objects.visible_to(learner).select_related(
        "submission__attempt__version", "submission__attempt__enrolment__cohort__release"
    )
    notice = get_object_or_404(mine, pk=notice_id)
    see_all(learner, notice.submission)
    return redirect(attempt_url(notice.submission))


def attempt_url(submission: Submission) -> str:
    """The page of this hand-in, or the learner's home where no course holds its exercise."""
    attempt = submission.attempt
    release = attempt.enrolment.cohort.release
    place = ExercisePlace.objects.of_exercise(release, attempt.version.exercise_id)
    if place is None:
        return reverse("learn_home")
    module = place.lesson.module
    at = {"course": module.course.slug, "unit": module.slug, "slug": place.slug}
    page = reverse("attempt", kwargs={**at, "number": submission.number})
    if place.version_id == attempt.version_id:
        return page
    return f"{page}?{urlencode({'version': attempt.version.number})}"


def announcements_for(learner: User) -> list[Announcement]:
    """What this learner's cohorts were told and they haven't put away, the newest first."""
    told = Announcement.objects.visible_to(learner).told_to(learner).standing()
    return list(told.unread_by(learner).select_related("cohort", "author")[:MOST])


@door(Door.SIGNED_IN)
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """Everything that one's cohorts were told, also what is put away or archived."""
    learner = person(request)
    told = Announcement.objects.visible_to(learner).told_to(learner)
    rows = Paginator(told.select_related("cohort", "author"), PAGE_SIZE)
    context = {**frame(), "rows": rows.get_page(request.GET.get("page"))}
    return render(request, "learn/announcements.html", context)


@door(Door.SIGNED_IN)
@require_POST
def read_announcement(request: HttpRequest, announcement_id: UUID) -> HttpResponseRedirect:
    """Put an announcement away."""
    learner = person(request)
    mine = Announcement.objects.visible_to(learner).told_to(learner)
    put_away(get_object_or_404(mine, pk=announcement_id), learner=learner)
    return redirect("learn_home")
