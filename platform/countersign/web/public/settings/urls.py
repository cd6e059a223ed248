"""Addresses of the settings page."""

from __future__ import annotations

from django.urls import path

from countersign.web.public.settings import views

urlpatterns = [
    path("", views.settings, name="settings"),
    path("sessions/others/end/", views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:session>/end/", views.end_session, name="end_session"),
    path("tokens/", views.make_token, name="make_token"),
    path("tokens/<uuid:token>/withdraw/", views.revoke_token, name="revoke_token"),
    path("everything.json", views.export, name="export_own"),
    path("erase/", views.erase, name="erase_own"),
    path("erase/take-back/", views.keep_account, name="keep_account"),
    path("cohorts/<uuid:enrolment>/leave/", views.leave, name="leave_cohort"),
]
