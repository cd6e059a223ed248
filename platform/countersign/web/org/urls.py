"""Addresses of the org pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
