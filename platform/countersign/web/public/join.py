"""Accept an invitation, and choose what to share before anything is shared."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from countersign.accounts.models import digest
from countersign.cohorts import services as cohorts
from countersign.cohorts.models import Cohort, Enrolment, Invitation, Sharing
from countersign.web.access import Door, door, person
from countersign.web.places import first_page
from countersign.web.public import sharing_words

CHOSEN = "joining"
"""Where a visitor's choice waits in the session while they make an account."""


@require_http_methods(["GET", "HEAD", "POST"])
@door(Door.PUBLIC)
@sensitive_variables("token")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What the cohort is, who runs it, and three plain choices. Joining twice is joining once."""
    try:
        invitation = cohorts.find_invitation(token)
        if request.method == "POST":
            return _take_up(request, invitation, token)
    except cohorts.InvitationClosed:
        return render(request, "public/invitation_closed.html", status=404)
    return render(request, "public/join.html", _context(request, invitation, token))


def _take_up(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    chosen = request.POST.get("sharing", "")
    if chosen not in Sharing.values:
        error = _("Choose one of the three.")
        context = _context(request, invitation, token) | {"error": error}
        return render(request, "public/join.html", context, status=422)
    if not request.user.is_authenticated:
        return _to_an_account(request, token, chosen)
    cohorts.join(token=token, learner=person(request), sharing=Sharing(chosen))
    request.session.pop(CHOSEN, None)
    words = _("You’re in %(cohort)s. You can change what you share at any time.")
    messages.success(request, words % {"cohort": invitation.cohort.name})
    return redirect(first_page(person(request)))


def _to_an_account(request: HttpRequest, token: str, chosen: str) -> HttpResponse:
    """The choice is kept, and confirmed with one press once the person is known."""
    request.session[CHOSEN] = {digest(token): chosen}
    known = request.POST.get("account") == "have"
    where = reverse("account_login" if known else "account_signup")
    here = urlencode({"next": reverse("join", args=[token])})
    return redirect(f"{where}?{here}")


def _context(request: HttpRequest, invitation: Invitation, token: str) -> dict[str, object]:
    waiting = request.session.get(CHOSEN, {}).get(digest(token), "")
    place = _place(request, invitation.cohort)
    chosen = place.sharing if place else waiting or Sharing.PARTICIPATION
    return {
        "invitation": invitation,
        "cohort": invitation.cohort,
        "courses": invitation.cohort.release.courses.all(),
        "place": place,
        "waiting": bool(waiting),
        "options": sharing_words.options(Sharing(chosen)),
    }


def _place(request: HttpRequest, cohort: Cohort) -> Enrolment | None:
    if not request.user.is_authenticated:
        return None
    own = Enrolment.objects.visible_to(person(request)).of(person(request)).current()
    place: Enrolment | None = own.filter(cohort=cohort).first()
    return place
