"""Addresses of the API. A version is never changed, only added to."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from countersign.api import schema  # noqa: F401 -- the description finds it by subclass
from countersign.api.v1 import insights, views

app_name = "api"

urlpatterns = [
    path("v1/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("v1/courses/", views.CourseList.as_view(), name="courses"),
    path("v1/courses/<slug:slug>/", views.CourseDetail.as_view(), name="course"),
    path("v1/exercises/<uuid:exercise>/", views.ExerciseDetail.as_view(), name="exercise"),
    path("v1/submissions/", views.SubmissionList.as_view(), name="submissions"),
    path("v1/submissions/<uuid:pk>/", views.SubmissionDetail.as_view(), name="submission"),
    path("v1/enrolments/", views.EnrolmentList.as_view(), name="enrolments"),
    path("v1/cohorts/", views.CohortList.as_view(), name="cohorts"),
    path("v1/cohorts/<uuid:cohort>/roster/", views.CohortRoster.as_view(), name="roster"),
    path("v1/cohorts/<uuid:cohort>/insights/", insights.CohortInsights.as_view(), name="insights"),
]
