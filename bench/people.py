"""Make one learner with a place, and say where an exercise is: `python -m bench.people SLUG`."""

from __future__ import annotations

import json
import sys

import django

EMAIL, PASSWORD = "bench@demo.example", "a long enough passphrase"


def main(slug: str) -> None:
    """Prints {email, password, path} as JSON. Run beside the site, in its environment."""
    django.setup()
    _make_learner()
    print(json.dumps({"email": EMAIL, "password": PASSWORD, "path": _path(slug)}))


def _make_learner() -> None:
    from countersign.accounts.models import User
    from countersign.cohorts.services import enrol, make_cohort
    from countersign.organisations.models import Organisation

    if User.objects.filter(email=EMAIL).exists():
        return
    organisation = Organisation.objects.create(name="Bench", slug="bench")
    cohort = make_cohort(organisation=organisation, name="Bench")
    enrol(cohort=cohort, learner=User.objects.create_user(EMAIL, PASSWORD, name="Bench"))


def _path(slug: str) -> str:
    from django.urls import reverse

    from countersign.cohorts.services import current_release
    from countersign.courses.models import ExercisePlace

    place = ExercisePlace.objects.get(slug=slug, lesson__module__course__release=current_release())
    module = place.lesson.module
    at = {"course": module.course.slug, "unit": module.slug, "slug": slug}
    return reverse("step", kwargs=at)


if __name__ == "__main__":
    main(sys.argv[1])
