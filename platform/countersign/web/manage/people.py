"""Everyone who can sign in, and the roles of each."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from countersign.accounts.models import User
from countersign.web.access import Door, door
from countersign.web.staff import page

PAGE_SIZE = 50


@door(Door.OPERATE)
@require_safe
def manage_people(request: HttpRequest) -> HttpResponse:
    """People by name, found by part of a name or address. Guests are counted, not listed."""
    asked = request.GET.get("q", "").strip()
    everyone = User.objects.filter(is_guest=False)
    found = everyone.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    rows = found.annotate(roles=Count("memberships")).order_by("name", "email")
    return page(
        request,
        "manage/people.html",
        door=Door.OPERATE,
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        everyone=everyone.count(),
        guests=User.objects.filter(is_guest=True).count(),
        asked=asked,
    )


@door(Door.OPERATE)
@require_safe
def manage_person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One person's account and roles; nothing of what they learn."""
    user = get_object_or_404(User, pk=user_id, is_guest=False)
    roles = user.memberships.select_related("organisation").order_by("organisation__name", "role")
    return page(request, "manage/person.html", door=Door.OPERATE, someone=user, roles=roles)
