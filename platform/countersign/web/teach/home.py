"""The instructor's home: what waits for them, and their cohorts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.insights import services as insights
from countersign.insights.services import What
from countersign.web.access import Door, door, person
from countersign.web.staff import page

PAGE_SIZE = 50
FIRST_FEW = 5

PLACES = {
    What.MEMOS: ("teach_marking", "scale"),
    What.APPEALS: ("teach_appeals", "flag"),
    What.EXTRA_FINDS: ("teach_suspected", "scan-search"),
    What.CONTESTED: ("teach_coach", "lightbulb"),
}
WORDS: dict[What, Promise] = {
    What.MEMOS: ngettext_lazy("%(n)s memo to mark", "%(n)s memos to mark", "n"),
    What.APPEALS: ngettext_lazy(
        "%(n)s appeal waits for your answer", "%(n)s appeals wait for your answer", "n"
    ),
    What.EXTRA_FINDS: ngettext_lazy(
        "%(n)s extra find to decide on", "%(n)s extra finds to decide on", "n"
    ),
    What.CONTESTED: ngettext_lazy(
        "%(n)s remark of the coach is contested", "%(n)s remarks of the coach are contested", "n"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sort of work on the list, and the page where it is done."""

    words: str
    page: str
    icon: str
    oldest: datetime | None


@door(Door.TEACH)
@require_safe
def teach_home(request: HttpRequest) -> HttpResponse:
    """A work list, not a dashboard: each line opens the place where it is mended."""
    user = person(request)
    work = insights.work_list(user)
    inbox = _inbox(user)
    return page(
        request,
        "teach/home.html",
        door=Door.TEACH,
        inbox=inbox,
        work=work,
        stuck=work.stuck[:FIRST_FEW],
        silent=work.silent[:FIRST_FEW],
        is_empty=work.is_empty and not inbox,
        cohorts=_cohorts(user),
    )


def _inbox(user: User) -> list[Line]:
    return [
        Line(
            words=str(WORDS[each.what] % {"n": each.number}),
            page=PLACES[each.what][0],
            icon=PLACES[each.what][1],
            oldest=each.oldest,
        )
        for each in insights.inbox(user)
    ]


def _cohorts(user: User) -> QuerySet[Cohort]:
    rows: QuerySet[Cohort] = (
        Cohort.objects.visible_to(user)
        .taught_by(user)
        .select_related("organisation", "release")
        .annotate(places=Count("enrolments", filter=Q(enrolments__ended_at=None)))
        .order_by("organisation__name", "name")
    )
    return rows


@door(Door.TEACH)
@require_safe
def teach_hands(request: HttpRequest) -> HttpResponse:
    """Everybody who is stuck on an exercise, and everybody whom a rule picks."""
    work = insights.work_list(person(request))
    return page(
        request,
        "teach/hands.html",
        door=Door.TEACH,
        stuck=work.stuck,
        silent=Paginator(work.silent, PAGE_SIZE).get_page(request.GET.get("page")),
    )
