"""Addresses of the teach pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
