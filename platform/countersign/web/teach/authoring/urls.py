"""Addresses of the pages on which exercises are written."""

from django.urls import path

from countersign.web.teach.authoring import carrying, checks, editor, history, listing, preview

HERE = "exercises/written/<uuid:manuscript_id>/"

urlpatterns = [
    path("exercises/written/", listing.author_list, name="author_list"),
    path("exercises/new/", listing.author_new, name="author_new"),
    path("exercises/import/", carrying.author_import, name="author_import"),
    path(HERE, editor.author_edit, name="author_edit"),
    path(f"{HERE}save/", editor.author_save, name="author_save"),
    path(f"{HERE}file/", editor.author_file, name="author_file"),
    path(f"{HERE}preview/", preview.author_preview, name="author_preview"),
    path(f"{HERE}check/", checks.author_check, name="author_check"),
    path(f"{HERE}checks/", checks.author_checks, name="author_checks"),
    path(f"{HERE}report/", checks.author_report, name="author_report"),
    path(f"{HERE}publish/", checks.author_publish, name="author_publish"),
    path(f"{HERE}test-for/<str:row>/", checks.author_skeleton, name="author_skeleton"),
    path(
        f"{HERE}versions/<int:first>/beside/<int:second>/",
        history.author_compare,
        name="author_compare",
    ),
    path(f"{HERE}versions/<int:number>/restore/", history.author_restore, name="author_restore"),
    path(f"{HERE}export.zip", carrying.author_export, name="author_export"),
    path(f"{HERE}duplicate/", history.author_duplicate, name="author_duplicate"),
    path(f"{HERE}aside/", history.author_aside, name="author_aside"),
    path(f"{HERE}choose/", history.author_choose, name="author_choose"),
]
