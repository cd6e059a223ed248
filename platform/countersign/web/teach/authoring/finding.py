"""Which manuscripts and organisations a person may write in."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from countersign.authoring.models import Manuscript, Revision
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.web.access import person


def manuscript_of(request: HttpRequest, manuscript_id: UUID) -> Manuscript:
    """The manuscript, or a 404 for everyone outside its organisation."""
    found: Manuscript = get_object_or_404(
        Manuscript.objects.visible_to(person(request)).select_related("organisation"),
        pk=manuscript_id,
    )
    return found


def revision_of(manuscript: Manuscript, number: int) -> Revision:
    """A version of the history by its number, or a 404."""
    found: Revision = get_object_or_404(
        manuscript.revisions.select_related("by", "published"), number=number, aside=False
    )
    return found


def taught_organisations(request: HttpRequest) -> QuerySet[Organisation]:
    """Where this person may write exercises."""
    ids = organisation_ids(person(request), Permission.TEACH)
    return Organisation.objects.filter(pk__in=ids).order_by("name")


def chosen_organisation(request: HttpRequest) -> Organisation:
    """The one that a form names, or the only one. Someone else's is a 404."""
    mine = taught_organisations(request)
    said = request.POST.get("organisation", "")
    if not said:
        first = mine.first()
        assert first is not None, "the door lets nobody in who teaches nowhere"
        return first
    try:
        wanted = UUID(said)
    except ValueError:
        wanted = UUID(int=0)
    return get_object_or_404(mine, pk=wanted)
