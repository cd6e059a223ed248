"""Addresses of the course builder."""

from django.urls import path

from countersign.web.teach.planning import builder, releasing

urlpatterns = [
    path("courses/", builder.plan_list, name="plan_list"),
    path("courses/<uuid:plan_id>/", builder.plan_edit, name="plan_edit"),
    path("courses/<uuid:plan_id>/export.zip", releasing.plan_export, name="plan_export"),
    path("courses/release/", releasing.plan_release, name="plan_release"),
    path("courses/move/<uuid:cohort_id>/", releasing.plan_move, name="plan_move"),
]
