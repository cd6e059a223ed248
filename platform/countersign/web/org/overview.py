"""An employer's cohorts, and the overview of one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from countersign.insights import services as insights
from countersign.insights.groups import FEWEST_PEOPLE
from countersign.web.access import Door, door, person
from countersign.web.org.drawings import growth_label, growth_rows, oversight_map, steps
from countersign.web.org.frame import overseen, overseen_cohort, practice_switch, with_practice
from countersign.web.org.kpis import kpis
from countersign.web.org.tables import heat_rows
from countersign.web.org.words import said
from countersign.web.staff import page

MOST_HANDS = 6
MOST_ROWS = 60
"""So many people who may need a hand, and so many rows, are on the overview; the rest are a press
away."""


@door(Door.OVERSEE)
@require_safe
def org_home(request: HttpRequest) -> HttpResponse:
    """The cohorts to choose from."""
    learning = Count("enrolments", filter=Q(enrolments__ended_at=None))
    cohorts = overseen(request).annotate(places=learning).order_by("organisation__name", "name")
    return page(request, "org/home.html", door=Door.OVERSEE, cohorts=cohorts)


@door(Door.OVERSEE)
@require_safe
def org_overview(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Is it working, and who needs a hand. The look is kept in the audit log."""
    cohort = overseen_cohort(request, cohort_id)
    practice = with_practice(request)
    view = insights.employer_view(cohort, viewer=person(request), practice=practice)
    titles, rows = heat_rows(view.overview)
    return page(
        request,
        "org/overview.html",
        door=Door.OVERSEE,
        cohort=cohort,
        overview=view.overview,
        computed_at=view.computed_at,
        counted_at=view.counted_at,
        said=said(view.overview),
        kpis=kpis(view.overview),
        map=oversight_map(view.overview, view.targets),
        steps=steps(view.overview),
        growth_rows=growth_rows(view.overview),
        growth_label=growth_label(view.overview),
        titles=titles,
        rows=rows[:MOST_ROWS],
        more_rows=max(0, len(rows) - MOST_ROWS),
        hands=view.overview.hands[:MOST_HANDS],
        more_hands=max(0, len(view.overview.hands) - MOST_HANDS),
        switch=practice_switch(view.overview.practice, is_in=practice),
        fewest=FEWEST_PEOPLE,
    )
