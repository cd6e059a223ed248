"""Addresses for machines that look after the site."""

from django.urls import path

from countersign.operations import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
