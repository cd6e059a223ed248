"""Addresses of the learn pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
