"""The site's addresses and the gallery's, whatever the settings were when the site was read."""

from django.urls import include, path

from countersign.web import gallery

urlpatterns = [
    path("gallery/", include(gallery.urls)),
    path("", include("countersign.urls")),
]
