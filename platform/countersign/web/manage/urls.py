"""Addresses of the operator's pages."""

from django.urls import path

from countersign.web.manage import audit_log, health, models, orgs, people, runs

urlpatterns = [
    path("", health.manage_home, name="manage_home"),
    path("try-sandbox/", health.manage_try_sandbox, name="manage_try_sandbox"),
    path("try-mail/", health.manage_try_mail, name="manage_try_mail"),
    path("runs/", runs.manage_runs, name="manage_runs"),
    path("runs/<uuid:run_id>/again/", runs.manage_run_again, name="manage_run_again"),
    path("people/", people.manage_people, name="manage_people"),
    path("people/<uuid:user_id>/", people.manage_person, name="manage_person"),
    path("people/<uuid:user_id>/erase/", people.manage_erase, name="manage_erase"),
    path("orgs/", orgs.manage_orgs, name="manage_orgs"),
    path("orgs/<uuid:organisation_id>/", orgs.manage_org, name="manage_org"),
    path(
        "orgs/<uuid:organisation_id>/cohorts/", orgs.manage_make_cohort, name="manage_make_cohort"
    ),
    path(
        "orgs/<uuid:organisation_id>/roles/<int:membership_id>/take/",
        orgs.manage_take_role,
        name="manage_take_role",
    ),
    path("models/", models.manage_models, name="manage_models"),
    path("orgs/<uuid:organisation_id>/model/", models.manage_org_model, name="manage_org_model"),
    path(
        "orgs/<uuid:organisation_id>/model/clear/",
        models.manage_clear_org_model,
        name="manage_clear_org_model",
    ),
    path("audit/", audit_log.manage_audit, name="manage_audit"),
]
