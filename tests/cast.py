"""The people of the tests.

Ada learns in Ben's cohort. Ben teaches it. Eve, an employer, may see what Ada shares. Olu
operates the site. Zoe learns in another organisation, where Nur teaches; neither may see
anything of this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.cohorts.services import enrol, make_cohort
from countersign.courses.models import Course, ExercisePlace, Lesson, Module, Release
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.organisations.models import Organisation, Role
from countersign.organisations.services import give_role
from grader.answer import Answer
from grader.exercise import from_files

PASSWORD = "a long enough passphrase"

EXERCISE_YAML = """\
uuid: {uuid}
title: Ticket price
kind: code
skills: [read.trace]
minutes: 5
aided: {aided}
open: {open}
summary: Work out the price of a ticket.
hints:
  - Read the second rule once more.
  - Which ages are named, and is the last one inside?
  - The sign that includes the last age has two characters.
variant: write
program: solution.py
requirements:
  - id: child
    says: Children up to 12 pay 5.
    weight: 2
    feedback: Your code charges some children the full price. Which is the last age that counts?
  - id: adult
    says: Everyone else pays 9.
    feedback: Your code charges some adults too little. Who pays the full price?
cases:
  - {{id: toddler, requirement: child, visible: true, title: A toddler,
      call: "price(3)", returns: 5}}
  - {{id: twelve, requirement: child, title: The last child, call: "price(12)", returns: 5}}
  - {{id: grown, requirement: adult, visible: true, title: A grown-up,
      call: "price(40)", returns: 9}}
"""

RIGHT = "def price(age):\n    return 5 if age <= 12 else 9\n"
WRONG = "def price(age):\n    return 5 if age < 12 else 9\n"
STARTER = "def price(age):\n    return 9\n"


def exercise_files(*, uuid: str = "", aided: bool = True, is_open: bool = False) -> dict[str, str]:
    """A small code exercise that really grades."""
    values = {"aided": str(aided).lower(), "open": str(is_open).lower()}
    return {
        "exercise.yaml": EXERCISE_YAML.format(uuid=uuid or uuid4(), **values),
        "README.md": "A cinema in Lagos sells tickets. Write `price(age)`.",
        "coach.md": "Usual mistake: leaving out the last age.",
        "starter/solution.py": STARTER,
        "reference/solution.py": RIGHT,
        "answers/passed-reference.py": RIGHT,
        "answers/failed-boundary.py": WRONG,
        "answers/failed-starter.py": STARTER,
    }


def a_version(**options: object) -> ExerciseVersion:
    """A kept version of the small exercise."""
    return keep_version(from_files(exercise_files(**options)))  # type: ignore[arg-type]


def answer(code: str) -> Answer:
    return Answer(files={"solution.py": code})


def a_release(*versions: ExerciseVersion) -> Release:
    """A release with one course, one module and one lesson that holds the versions."""
    number = (Release.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    release = Release.objects.create(number=number, content_hash=uuid4().hex)
    course = Course.objects.create(
        release=release,
        uuid=uuid4(),
        slug="just-enough-python",
        title="Just enough Python to read it",
        summary="Read small programs before you trust them.",
        position=0,
    )
    module = Module.objects.create(
        course=course, uuid=uuid4(), slug="first-steps", title="First steps", position=0
    )
    lesson = Lesson.objects.create(
        module=module,
        uuid=uuid4(),
        slug="names-and-values",
        title="Names and values",
        minutes=5,
        body="A name stands for a value.",
        position=0,
    )
    for position, version in enumerate(versions):
        ExercisePlace.objects.create(
            lesson=lesson, version=version, slug=f"ticket-price-{position + 1}", position=position
        )
    return release


@dataclass(frozen=True)
class Cast:
    """Everyone, with two organisations, a cohort each, and a release of one exercise."""

    northgate: Organisation
    elsewhere: Organisation
    release: Release
    version: ExerciseVersion
    cohort: Cohort
    other_cohort: Cohort
    ada: User
    ben: User
    eve: User
    nur: User
    olu: User
    zoe: User
    ada_place: Enrolment
    zoe_place: Enrolment


def person(name: str, **fields: object) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name, **fields)


def gather(*, sharing: Sharing = Sharing.PARTICIPATION) -> Cast:
    """Make the cast in the database."""
    version = a_version()
    release = a_release(version)
    northgate = Organisation.objects.create(name="Northgate Facilities", slug="northgate")
    elsewhere = Organisation.objects.create(name="Elsewhere Ltd", slug="elsewhere")
    ada, ben, eve, nur, zoe = (person(n) for n in ("Ada", "Ben", "Eve", "Nur", "Zoe"))
    give_role(organisation=northgate, user=ben, role=Role.INSTRUCTOR)
    give_role(organisation=northgate, user=eve, role=Role.EMPLOYER)
    give_role(organisation=elsewhere, user=nur, role=Role.INSTRUCTOR)
    give_role(organisation=elsewhere, user=nur, role=Role.EMPLOYER)
    cohort = make_cohort(organisation=northgate, name="Autumn intake")
    other_cohort = make_cohort(organisation=elsewhere, name="Elsewhere intake")
    return Cast(
        northgate=northgate,
        elsewhere=elsewhere,
        release=release,
        version=version,
        cohort=cohort,
        other_cohort=other_cohort,
        ada=ada,
        ben=ben,
        eve=eve,
        nur=nur,
        olu=person("Olu", is_operator=True),
        zoe=zoe,
        ada_place=enrol(cohort=cohort, learner=ada, sharing=sharing),
        zoe_place=enrol(cohort=other_cohort, learner=zoe),
    )
