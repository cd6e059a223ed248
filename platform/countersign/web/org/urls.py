"""Addresses of the employer's pages."""

from django.urls import path

from countersign.web.org import oversight, overview, people, reports, skills, targets

_COHORT = "<uuid:cohort_id>/"
_PERSON = f"{_COHORT}people/<uuid:enrolment_id>/"

urlpatterns = [
    path("", overview.org_home, name="org_home"),
    path(_COHORT, overview.org_overview, name="org_overview"),
    path(f"{_COHORT}people/", people.org_people, name="org_people"),
    path(_PERSON, people.org_person, name="org_person"),
    path(f"{_PERSON}practice/", skills.org_assign, name="org_assign"),
    path(f"{_PERSON}submissions/<uuid:submission_id>/", people.org_work, name="org_work"),
    path(f"{_COHORT}skills/", skills.org_skills, name="org_skills"),
    path(f"{_COHORT}oversight/", oversight.org_oversight, name="org_oversight"),
    path(f"{_COHORT}targets/", targets.org_targets, name="org_targets"),
    path(f"{_COHORT}reports/", reports.org_reports, name="org_reports"),
    path(f"{_COHORT}reports/tray/", reports.org_tray, name="org_tray"),
    path(f"{_COHORT}reports/make/", reports.org_make_export, name="org_make_export"),
    path(f"{_COHORT}reports/<uuid:export_id>/", reports.org_export, name="org_export"),
]
