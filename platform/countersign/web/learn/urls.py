"""Addresses of the learner's pages."""

from django.urls import URLPattern, path

from countersign.web.learn import attempts, course, exercise, skills

_EXERCISE = "learn/<slug:course>/<slug:unit>/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("courses/<slug:course>/", course.course, name="course"),
    path("courses/<slug:course>/start/", course.start, name="course_start"),
    path("learn/", course.home, name="learn_home"),
    path("learn/<slug:course>/<slug:unit>/", course.unit, name="unit"),
    path(_EXERCISE, exercise.step, name="step"),
    path(f"{_EXERCISE}submit/", exercise.submit, name="exercise_submit"),
    path(f"{_EXERCISE}status/", exercise.status, name="exercise_status"),
    path(f"{_EXERCISE}draft/", exercise.draft, name="exercise_draft"),
    path(f"{_EXERCISE}hint/", exercise.hint, name="exercise_hint"),
    path(f"{_EXERCISE}stop/", exercise.stop, name="exercise_stop"),
    path(f"{_EXERCISE}again/", exercise.again, name="exercise_again"),
    path(f"{_EXERCISE}attempts/", attempts.attempts, name="attempts"),
    path(f"{_EXERCISE}attempts/<int:number>/", attempts.attempt, name="attempt"),
    path("me/skills/", skills.skills, name="skills"),
    path("me/skills/<str:skill>/", skills.skill, name="skill"),
]
