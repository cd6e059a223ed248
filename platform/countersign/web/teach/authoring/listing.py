"""The exercises that one's organisations write, and how a new one begins."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from countersign.authoring import starts
from countersign.authoring.models import Manuscript
from countersign.authoring.services.writing import begin
from countersign.exercises.kinds import FACES
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.authoring.finding import chosen_organisation, taught_organisations

PAGE_SIZE = 50

WHAT_FOR = {
    "code": _("The learner writes or repairs code. Hidden tests judge it."),
    "quiz": _("Outputs to predict, options to choose, lines to order, gaps to fill."),
    "prompt": _("The learner writes a prompt. The code that comes of it is tested."),
    "explain": _("The learner says what code is for. Code is made from their words and tested."),
    "review": _("The learner finds planted mistakes in what a model wrote."),
    "test": _("The learner writes tests that catch wrong programs."),
    "decide": _("A business case: check claims against data, work out numbers, decide."),
}


@door(Door.TEACH)
@require_safe
def author_list(request: HttpRequest) -> HttpResponse:
    """Everything that is being written or was published here."""
    rows = (
        Manuscript.objects.visible_to(person(request))
        .select_related("organisation")
        .annotate(
            saved_at=Max("revisions__saved_at", filter=Q(revisions__aside=False)),
            live=Max("revisions__published__number"),
        )
        .order_by("-saved_at")
    )
    return page(
        request,
        "author/list.html",
        door=Door.TEACH,
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        faces=FACES,
        several=taught_organisations(request).count() > 1,
    )


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def author_new(request: HttpRequest) -> HttpResponse:
    """Choose a kind; the draft that opens explains itself."""
    if request.method != "POST":
        return page(
            request,
            "author/new.html",
            door=Door.TEACH,
            kinds=[_choice(kind) for kind in starts.kinds()],
            organisations=taught_organisations(request),
        )
    kind = request.POST.get("kind", "")
    if kind not in starts.kinds():
        raise Http404
    made = begin(organisation=chosen_organisation(request), kind=kind, actor=person(request))
    return redirect("author_edit", made.pk)


def _choice(kind: str) -> dict[str, Any]:
    face = FACES.get(kind)
    return {
        "kind": kind,
        "label": face.label if face else kind,
        "icon": face.icon if face else "file-code",
        "text": WHAT_FOR.get(kind, ""),
    }
