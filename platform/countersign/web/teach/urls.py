"""Addresses of the instructor's pages."""

from django.urls import include, path

from countersign.web.teach import (
    announcements,
    appeals,
    coach,
    cohorts,
    comments,
    exercises,
    home,
    invites,
    links,
    marking,
    people,
    submissions,
    suspected,
)
from countersign.web.teach.items import pages as items
from countersign.web.teach.regrades import deciding
from countersign.web.teach.regrades import pages as regrades

urlpatterns = [
    path("", include("countersign.web.teach.authoring.urls")),
    path("", include("countersign.web.teach.planning.urls")),
    path("", home.teach_home, name="teach_home"),
    path("hands/", home.teach_hands, name="teach_hands"),
    path("cohorts/<uuid:cohort_id>/", cohorts.teach_cohort, name="teach_cohort"),
    path("cohorts/<uuid:cohort_id>/roster.csv", cohorts.teach_roster_csv, name="teach_roster_csv"),
    path("cohorts/<uuid:cohort_id>/links/", links.teach_links, name="teach_links"),
    path(
        "cohorts/<uuid:cohort_id>/links/<uuid:invitation_id>/withdraw/",
        links.teach_withdraw,
        name="teach_withdraw",
    ),
    path(
        "cohorts/<uuid:cohort_id>/people/<uuid:enrolment_id>/",
        people.teach_person,
        name="teach_person",
    ),
    path(
        "cohorts/<uuid:cohort_id>/announcements/",
        announcements.teach_announcements,
        name="teach_announcements",
    ),
    path(
        "cohorts/<uuid:cohort_id>/announcements/<uuid:announcement_id>/archive/",
        announcements.teach_archive,
        name="teach_archive",
    ),
    path("cohorts/<uuid:cohort_id>/invite/", invites.teach_invite, name="teach_invite"),
    path(
        "cohorts/<uuid:cohort_id>/invite/<uuid:invitation_id>/withdraw/",
        invites.teach_uninvite,
        name="teach_uninvite",
    ),
    path(
        "cohorts/<uuid:cohort_id>/people/<uuid:enrolment_id>/reopen/",
        people.teach_reopen_place,
        name="teach_reopen_place",
    ),
    path(
        "cohorts/<uuid:cohort_id>/people/<uuid:enrolment_id>/move/",
        people.teach_move_place,
        name="teach_move_place",
    ),
    path(
        "cohorts/<uuid:cohort_id>/people/<uuid:enrolment_id>/end/",
        people.teach_end_place,
        name="teach_end_place",
    ),
    path(
        "submissions/<uuid:submission_id>/", submissions.teach_submission, name="teach_submission"
    ),
    path(
        "submissions/<uuid:submission_id>/regrade/",
        submissions.teach_regrade,
        name="teach_regrade",
    ),
    path("coach/", coach.teach_coach, name="teach_coach"),
    path("coach/asked/", coach.teach_asked, name="teach_asked"),
    path("coach/texts/<uuid:organisation_id>/", coach.teach_coach_text, name="teach_coach_text"),
    path("coach/contests/<uuid:feedback_id>/", coach.teach_contest, name="teach_contest"),
    path(
        "submissions/<uuid:submission_id>/comment/",
        submissions.teach_comment,
        name="teach_comment",
    ),
    path(
        "submissions/<uuid:submission_id>/run-again/",
        submissions.teach_run_again,
        name="teach_run_again",
    ),
    path(
        "comments/<uuid:comment_id>/withdraw/",
        comments.teach_withdraw_comment,
        name="teach_withdraw_comment",
    ),
    path("library/", comments.teach_comments, name="teach_comments"),
    path(
        "library/<uuid:organisation_id>/keep/",
        comments.teach_keep_comment,
        name="teach_keep_comment",
    ),
    path(
        "library/<uuid:organisation_id>/retire/",
        comments.teach_retire_comment,
        name="teach_retire_comment",
    ),
    path("suspected/", suspected.teach_suspected, name="teach_suspected"),
    path(
        "suspected/<uuid:suspected_id>/",
        suspected.teach_decide_suspected,
        name="teach_decide_suspected",
    ),
    path("marking/", marking.teach_marking, name="teach_marking"),
    path("marking/next/", marking.teach_marking_next, name="teach_marking_next"),
    path("marking/<uuid:submission_id>/", marking.teach_mark_memo, name="teach_mark_memo"),
    path(
        "marking/<uuid:submission_id>/take-back/",
        marking.teach_take_marks_back,
        name="teach_take_marks_back",
    ),
    path("appeals/", appeals.teach_appeals, name="teach_appeals"),
    path("appeals/<uuid:appeal_id>/", appeals.teach_answer_appeal, name="teach_answer_appeal"),
    path("exercises/", exercises.teach_exercises, name="teach_exercises"),
    path("exercises/<uuid:exercise_id>/", exercises.teach_exercise, name="teach_exercise"),
    path(
        "exercises/<uuid:exercise_id>/regrade/",
        regrades.teach_begin_regrade,
        name="teach_begin_regrade",
    ),
    path("items/", items.teach_items, name="teach_items"),
    path("items/anew/", items.teach_items_anew, name="teach_items_anew"),
    path("exercises/<uuid:exercise_id>/results/", items.teach_item, name="teach_item"),
    path("regrades/", regrades.teach_regrades, name="teach_regrades"),
    path("regrades/<uuid:regrade_id>/", regrades.teach_bulk_regrade, name="teach_bulk_regrade"),
    path(
        "regrades/<uuid:regrade_id>/progress/",
        regrades.teach_regrade_progress,
        name="teach_regrade_progress",
    ),
    path(
        "regrades/<uuid:regrade_id>/apply/",
        deciding.teach_apply_regrade,
        name="teach_apply_regrade",
    ),
    path(
        "regrades/<uuid:regrade_id>/cancel/",
        deciding.teach_cancel_regrade,
        name="teach_cancel_regrade",
    ),
    path(
        "regrades/<uuid:regrade_id>/again/",
        deciding.teach_retry_regrade,
        name="teach_retry_regrade",
    ),
    path(
        "regrades/<uuid:regrade_id>/undo/",
        deciding.teach_undo_regrade,
        name="teach_undo_regrade",
    ),
]
