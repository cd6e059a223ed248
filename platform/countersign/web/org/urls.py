"""Addresses of the employer's pages."""

from django.urls import path

from countersign.web.org import overview, people

urlpatterns = [
    path("", overview.org_home, name="org_home"),
    path("<uuid:cohort_id>/", overview.org_overview, name="org_overview"),
    path("<uuid:cohort_id>/people/<uuid:enrolment_id>/", people.org_person, name="org_person"),
    path(
        "<uuid:cohort_id>/people/<uuid:enrolment_id>/submissions/<uuid:submission_id>/",
        people.org_work,
        name="org_work",
    ),
]
