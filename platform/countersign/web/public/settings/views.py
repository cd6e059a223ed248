"""The settings page and what its buttons do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countersign.accounts import services as accounts
from countersign.accounts import sessions
from countersign.accounts.models import Scope, Theme
from countersign.cohorts import services as cohorts
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.operations import erasure
from countersign.operations.own_rows import own_rows
from countersign.web.access import Door, door, person
from countersign.web.public.settings.forms import Farewell, Myself, NewToken
from countersign.web.public.theme import show_theme

PAGE = "public/settings/page.html"


@require_http_methods(["GET", "HEAD", "POST"])
@door(Door.SIGNED_IN)
def settings(request: HttpRequest) -> HttpResponse:
    """One's name and theme; the rest of the page leads to what changes how one signs in."""
    user = person(request)
    form = Myself(request.POST or None, initial={"name": user.name, "theme": user.theme})
    if request.method != "POST":
        return render(request, PAGE, _context(request, form=form))
    if not form.is_valid():
        return render(request, PAGE, _context(request, form=form), status=422)
    accounts.rename(user=user, name=form.cleaned_data["name"])
    accounts.choose_theme(user=user, theme=Theme(form.cleaned_data["theme"]))
    messages.success(request, _("Saved."))
    return show_theme(redirect("settings"), user.theme)


def _context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    user = person(request)
    own = Enrolment.objects.visible_to(user).of(user).current().with_an_employer()
    factors = Authenticator.objects.filter(user=user)
    return {
        "address": EmailAddress.objects.filter(user=user, primary=True).first(),
        "has_second_factor": factors.filter(type=Authenticator.Type.TOTP).exists(),
        "sessions": sessions.signed_in(user, here=request.session.session_key),
        "tokens": user.api_tokens.usable().order_by("-created_at"),
        "token_form": NewToken(),
        "erasure": erasure.asked_for(user),
        "enrolments": own.order_by("cohort__name"),
        **more,
    }


@require_POST
@door(Door.SIGNED_IN)
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    sessions.end_session(user=person(request), session=session)
    messages.success(request, _("That device is signed out."))
    return redirect("settings")


@require_POST
@door(Door.SIGNED_IN)
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    sessions.end_other_sessions(user=person(request), here=request.session.session_key)
    messages.success(request, _("You’re signed out everywhere but here."))
    return redirect("settings")


@require_POST
@door(Door.SIGNED_IN)
@reauthentication_required  # type: ignore[untyped-decorator]
@sensitive_variables("secret")
def make_token(request: HttpRequest) -> HttpResponse:
    """The answer shows the token, once: that is why it isn't a redirect."""
    form = NewToken(request.POST)
    if not form.is_valid():
        context = _context(request, form=_myself(request), token_form=form)
        return render(request, PAGE, context, status=422)
    secret = accounts.make_api_token(
        user=person(request),
        name=form.cleaned_data["token_name"],
        lifetime=form.lifetime,
        scope=Scope(form.cleaned_data["scope"] or Scope.EVERYTHING),
    )
    context = {"secret": secret, "name": form.cleaned_data["token_name"]}
    return render(request, "public/settings/new_token.html", context)


def _myself(request: HttpRequest) -> Myself:
    user = person(request)
    return Myself(initial={"name": user.name, "theme": user.theme})


@require_POST
@door(Door.SIGNED_IN)
def revoke_token(request: HttpRequest, token: UUID) -> HttpResponse:
    found = get_object_or_404(person(request).api_tokens.all(), pk=token)
    accounts.revoke_api_token(token=found, actor=person(request))
    messages.success(request, _("%(name)s no longer opens anything.") % {"name": found.name})
    return redirect("settings")


@require_safe
@door(Door.SIGNED_IN)
@reauthentication_required  # type: ignore[untyped-decorator]
def export(request: HttpRequest) -> HttpResponse:
    """Everything we hold about the person, as a file."""
    rows = own_rows(person(request))
    response = JsonResponse(rows, encoder=DjangoJSONEncoder, json_dumps_params={"indent": 1})
    name = f"countersign-{clock.now():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@door(Door.SIGNED_IN)
def leave(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Ask once, then end one's place. The work stays one's own."""
    own = Enrolment.objects.visible_to(person(request)).of(person(request)).current()
    place = get_object_or_404(own.with_an_employer(), pk=enrolment)
    if request.method != "POST":
        return render(request, "public/settings/leave.html", {"place": place})
    cohorts.end_enrolment(enrolment=place, actor=person(request))
    messages.success(request, _("You’ve left %(name)s.") % {"name": place.cohort.name})
    return redirect("settings")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Door.SIGNED_IN)
@reauthentication_required  # type: ignore[untyped-decorator]
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; then, once it is typed out, the request."""
    user = person(request)
    form = Farewell(request.POST or None)
    context = {"form": form, "asked": erasure.asked_for(user), "wait": erasure.WAIT.days}
    if request.method != "POST":
        return render(request, "public/settings/erase.html", context)
    if not form.is_valid():
        return render(request, "public/settings/erase.html", context, status=422)
    try:
        erasure.ask(user=user, actor=user)
    except erasure.StillNeeded as reason:
        return render(
            request, "public/settings/erase.html", {**context, "needed": reason}, status=409
        )
    messages.success(request, _("Your account will be erased. Until then you can take it back."))
    return redirect("settings")


@require_POST
@door(Door.SIGNED_IN)
def keep_account(request: HttpRequest) -> HttpResponse:
    erasure.take_back(user=person(request), actor=person(request))
    messages.success(request, _("Nothing will be erased."))
    return redirect("settings")
