"""Addresses of the learner's pages."""

from django.urls import URLPattern, path

from countersign.web.learn import (
    attempts,
    certificates,
    check,
    course,
    exercise,
    news,
    open_exercise,
    skills,
    suggested,
)

_EXERCISE = "learn/<slug:course>/<slug:unit>/<slug:slug>/"

_FORM = "me/check/<slug:check>/<slug:form>/"

urlpatterns: list[URLPattern] = [
    path("courses/<slug:course>/", course.course, name="course"),
    path("courses/<slug:course>/start/", course.start, name="course_start"),
    path("try/", open_exercise.open_page, name="try"),
    path("try/submit/", open_exercise.submit, name="try_submit"),
    path("try/status/", open_exercise.status, name="try_status"),
    path("try/draft/", open_exercise.draft, name="try_draft"),
    path("try/hint/", open_exercise.hint, name="try_hint"),
    path("try/stop/", open_exercise.stop, name="try_stop"),
    path("try/again/", open_exercise.again, name="try_again"),
    path("me/announcements/", news.announcements, name="announcements"),
    path(
        "me/announcements/<uuid:announcement_id>/read/",
        news.read_announcement,
        name="read_announcement",
    ),
    path("learn/news/<uuid:notice_id>/", news.read_notice, name="read_notice"),
    path("learn/", course.home, name="learn_home"),
    path("learn/suggested/<uuid:assignment_id>/aside/", suggested.put_aside, name="put_aside"),
    path("learn/<slug:course>/<slug:unit>/", course.unit, name="unit"),
    path(_EXERCISE, exercise.step, name="step"),
    path(f"{_EXERCISE}submit/", exercise.submit, name="exercise_submit"),
    path(f"{_EXERCISE}status/", exercise.status, name="exercise_status"),
    path(f"{_EXERCISE}draft/", exercise.draft, name="exercise_draft"),
    path(f"{_EXERCISE}hint/", exercise.hint, name="exercise_hint"),
    path(f"{_EXERCISE}stop/", exercise.stop, name="exercise_stop"),
    path(f"{_EXERCISE}again/", exercise.again, name="exercise_again"),
    path(f"{_EXERCISE}coach/", exercise.coach_part, name="exercise_coach"),
    path(f"{_EXERCISE}coach/say/", exercise.coach_say, name="exercise_coach_say"),
    path(f"{_EXERCISE}assistant/", exercise.assistant_part, name="exercise_assistant"),
    path(f"{_EXERCISE}assistant/ask/", exercise.ask, name="exercise_ask"),
    path(f"{_EXERCISE}assistant/turn/", exercise.turn, name="exercise_turn"),
    path(f"{_EXERCISE}suspect/", exercise.suspect, name="exercise_suspect"),
    path(f"{_EXERCISE}probe/", exercise.probe_box, name="exercise_probe"),
    path(f"{_EXERCISE}build/", exercise.build_turn, name="exercise_build"),
    path(f"{_EXERCISE}checks/", exercise.build_checks, name="exercise_checks"),
    path(f"{_EXERCISE}appeal/", exercise.say_misread, name="exercise_appeal"),
    path(f"{_EXERCISE}attempts/", attempts.attempts, name="attempts"),
    path(f"{_EXERCISE}attempts/<int:number>/", attempts.attempt, name="attempt"),
    path("me/certificates/", certificates.certificates, name="certificates"),
    path(
        "me/certificates/<uuid:pk>/figures/", certificates.show_figures, name="certificate_figures"
    ),
    path("me/certificates/<uuid:pk>/withdraw/", certificates.withdraw, name="certificate_withdraw"),
    path("me/check/", check.checks, name="checks"),
    path(f"{_FORM}", check.sitting, name="check_sitting"),
    path(f"{_FORM}start/", check.start, name="check_start"),
    path(f"{_FORM}save/", check.save, name="check_save"),
    path(f"{_FORM}pause/", check.pause, name="check_pause"),
    path(f"{_FORM}resume/", check.resume, name="check_resume"),
    path(f"{_FORM}finish/", check.finish, name="check_finish"),
    path("me/skills/", skills.skills, name="skills"),
    path("me/skills/<str:skill>/", skills.skill, name="skill"),
    path(
        "me/skills/<str:skill>/<uuid:submission_id>/", skills.leave_task_out, name="leave_task_out"
    ),
]
