"""Addresses of the public pages and of everyone's own account."""

from __future__ import annotations

from django.urls import include, path

from countersign.web.public import (
    about,
    credential_files,
    home,
    join,
    sharing,
    verify,
    well_known,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("about/how-grading-works/", about.how_grading_works, name="how_grading_works"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("join/<str:token>/", join.join, name="join"),
    path("me/sharing/", sharing.sharing, name="sharing"),
    path("me/sharing/<uuid:enrolment>/", sharing.choose_sharing, name="choose_sharing"),
    path("me/settings/", include("countersign.web.public.settings.urls")),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
    path("credentials/issuer/", credential_files.issuer, name="credential_issuer"),
    path("credentials/keys/", credential_files.key_set, name="credential_keys"),
    path("credentials/status/1/", credential_files.status_list, name="credential_status"),
    path(
        "credentials/achievements/<slug:kind>/<str:subject>/",
        credential_files.achievement,
        name="credential_achievement",
    ),
    path("credentials/<uuid:pk>/", credential_files.credential, name="credential"),
    path("credentials/<uuid:pk>/token/", credential_files.token, name="credential_token"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("", include("countersign.web.public.account_urls")),
]
