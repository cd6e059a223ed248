"""Invite people by e-mail: a list or a file, a look at every row, and then the messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from countersign.cohorts.models import Cohort, Invitation
from countersign.cohorts.people_file import Row, Unreadable, text_of
from countersign.cohorts.services import invite_people, rows_to_invite, withdraw_invitation
from countersign.common import clock
from countersign.common.csv import Sheet
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.cohorts import taught_cohort

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A list as it was understood. ``kept`` is what the button sends back: the good rows."""

    rows: Sequence[Row]
    kept: str

    @property
    def good(self) -> int:
        return sum(not row.problem for row in self.rows)

    @property
    def bad(self) -> int:
        return len(self.rows) - self.good


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_invite(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Write or upload a list, look at it row by row, then invite. Nothing is sent by looking."""
    cohort = taught_cohort(request, cohort_id)
    if request.method != "POST":
        return _show(request, cohort)
    text = ""
    try:
        text = _given(request)
        rows = rows_to_invite(cohort, text)
    except Unreadable as reason:
        return _show(request, cohort, text=text, problem=str(reason), status=422)
    if "send" not in request.POST:
        return _show(request, cohort, text=text, preview=Preview(rows=rows, kept=_kept(rows)))
    invited = invite_people(cohort=cohort, actor=person(request), rows=rows)
    said = ngettext(
        "%(n)s person is invited. The message goes out within a minute.",
        "%(n)s people are invited. The messages go out within a minute.",
        invited,
    )
    messages.success(request, said % {"n": invited})
    return redirect("teach_invite", cohort_id)


def _given(request: HttpRequest) -> str:
    """The file if there is one, else what was typed. Raises Unreadable."""
    file = request.FILES.get("file")
    if file is None:
        return str(request.POST.get("people", ""))
    return text_of(file.read())


def _kept(rows: Sequence[Row]) -> str:
    """The good rows as a list that reads the same. Names can't begin like formulas here."""
    good = [(row.email, row.name) for row in rows if not row.problem]
    return Sheet(("email", "name"), good).text()


def _show(
    request: HttpRequest,
    cohort: Cohort,
    *,
    text: str = "",
    problem: str = "",
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    invited = cohort.invitations.exclude(email="")
    rows = Paginator(invited, PAGE_SIZE).get_page(request.GET.get("page"))
    return page(
        request,
        "teach/invite.html",
        door=Door.TEACH,
        status=status,
        cohort=cohort,
        text=text,
        problem=problem,
        preview=preview,
        rows=rows,
        invited=[(each, _state(each, now)) for each in rows],
    )


def _state(invitation: Invitation, now: object) -> str:
    if invitation.uses:
        return "joined"
    if invitation.revoked_at is not None:
        return "withdrawn"
    if not invitation.is_usable(now):  # type: ignore[arg-type]
        return "run_out"
    return "sent" if invitation.sent_at else "waiting"


@door(Door.TEACH)
@require_POST
def teach_uninvite(
    request: HttpRequest, cohort_id: UUID, invitation_id: UUID
) -> HttpResponseRedirect:
    """Close somebody's link."""
    cohort = taught_cohort(request, cohort_id)
    mine = Invitation.objects.visible_to(person(request)).exclude(email="")
    invitation = get_object_or_404(mine, cohort=cohort, pk=invitation_id)
    withdraw_invitation(invitation=invitation, actor=person(request))
    messages.success(request, _("The link is closed. A message that went out leads nowhere now."))
    return redirect("teach_invite", cohort_id)
