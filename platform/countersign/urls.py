"""Every address of the site, by audience."""

from django.urls import include, path

from countersign.web import gallery

urlpatterns = [
    path("", include("countersign.operations.urls")),
    path("", include("countersign.web.public.urls")),
    path("", include("countersign.web.learn.urls")),
    path("teach/", include("countersign.web.teach.urls")),
    path("org/", include("countersign.web.org.urls")),
    path("gallery/", include(gallery.urls)),
    path("api/", include("countersign.api.urls")),
    path("manage/", include("countersign.web.manage.urls")),
]

handler400 = "countersign.web.errors.bad_request"
handler403 = "countersign.web.errors.forbidden"
handler404 = "countersign.web.errors.not_found"
handler429 = "countersign.web.errors.too_many"
handler500 = "countersign.web.errors.server_error"
