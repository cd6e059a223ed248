"""People, cohorts and a believable history, made by really grading work.

Every result of the demo comes from handing in one of the exercise's stored answers and running
it through the grader; no result is written by hand. The same seed makes the same history.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from countersign.accounts.models import User
from countersign.coaching.services import open_hint
from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.cohorts.services import current_release, enrol, make_cohort
from countersign.common import clock, doorbell
from countersign.courses.models import ExercisePlace, Skill
from countersign.events import outbox
from countersign.exercises.models import ExerciseVersion, graded_exercise
from countersign.grading import services as grading
from countersign.insights.services import refresh
from countersign.learning.services import recompute
from countersign.operations.demo_builds import play
from countersign.operations.demo_signins import SignIn
from countersign.organisations.models import Organisation, Role
from countersign.organisations.services import give_role
from countersign.submissions.services import open_attempt, save_draft
from grader.answer import Answer
from grader.exercise import Exercise
from grader.publish import stored_answer

SEED = 1604
SO_FAR = 24
"""Nobody has done more exercises than this in the order of the courses, except who has finished
the first one: each hand-in of the demo is really graded, and the first start shall not grow with
the curriculum."""
SAMPLED = 12
"""So many exercises, spread evenly over all courses, stand for the way of everyone else."""
WEEKS_LONG = 96  # two evenings a week: a steady pace is what its people really do
KEYS = UUID("5b0f2c0e-3f57-4f5e-9a55-0d6d3f1f7a10")
KEEN = 0.6  # from this pace on people take exercises without help ahead of their time
SHOWN_ALONE = 3  # for each competency, so that a score without help shows
CARE_ALONE = 0.6  # the share of their care that is left without hints and examples
PASSWORD = "countersign-demo"  # noqa: S105 -- printed for everyone who starts the demo


@dataclass(frozen=True)
class Learner:
    """``pace`` is the share of their way done by today, ``care`` the chance to pass at once.
    ``in_order``: they go from the first lesson on, others here and there in all courses."""

    name: str
    sharing: Sharing
    pace: float
    care: float
    in_order: bool = False


PARTICIPATION, PROGRESS, WORK = Sharing.PARTICIPATION, Sharing.PROGRESS, Sharing.WORK

AUTUMN = [
    Learner("Ada Eze", WORK, 0.6, 0.7, in_order=True),
    Learner("Ines Okafor", WORK, 1.0, 0.9, in_order=True),
    Learner("Tomasz Wrona", PROGRESS, 0.9, 0.6),
    Learner("Mei-Ling Chen", PROGRESS, 0.8, 0.8),
    Learner("Luka Petrov", PROGRESS, 0.5, 0.4),
    Learner("Fatima Zahra", WORK, 0.9, 0.7),
    Learner("Sipho Dlamini", PROGRESS, 0.3, 0.3),
    Learner("Grace Mutua", PARTICIPATION, 0.7, 0.6),
    Learner("Oliver Byrne", PARTICIPATION, 0.5, 0.5),
    Learner("Yara Haddad", PARTICIPATION, 0.9, 0.8),
    Learner("Jonas Lind", PARTICIPATION, 0.4, 0.5),
    Learner("Priya Nair", PARTICIPATION, 0.8, 0.7),
    Learner("Aroha Williams", PROGRESS, 0.9, 0.8),
    Learner("Wanjiru Kamau", WORK, 0.8, 0.6),
    Learner("Mateo Rojas", PROGRESS, 0.7, 0.5),
    Learner("Zofia Lis", PROGRESS, 1.0, 0.7),
    Learner("Ahmed Farouk", PARTICIPATION, 0.6, 0.6),
    Learner("Siobhan Kelly", PROGRESS, 0.5, 0.8),
    Learner("Kofi Mensah", WORK, 0.9, 0.5),
    Learner("Linnea Berg", PROGRESS, 0.7, 0.9),
    Learner("Rahul Desai", PARTICIPATION, 0.4, 0.4),
    Learner("Amina Diallo", PROGRESS, 0.8, 0.6),
    Learner("Pavel Horak", PROGRESS, 0.6, 0.7),
    Learner("Nadia Rahman", WORK, 1.0, 0.8),
]
WINTER = [
    Learner("Bruno Costa", PROGRESS, 0.4, 0.6),
    Learner("Hana Sato", PROGRESS, 0.5, 0.8),
    Learner("Elif Demir", WORK, 0.3, 0.5),
    Learner("Marek Novak", PARTICIPATION, 0.2, 0.4),
    Learner("Chloe Martin", PARTICIPATION, 0.4, 0.6),
    Learner("Dele Adeyemi", PROGRESS, 0.0, 0.5),
]
SIGN_INS = [
    SignIn(name="Ada", does="learns", email="ada@demo.example", password=PASSWORD),
    SignIn(name="Ben", does="teaches", email="ben@demo.example", password=PASSWORD),
    SignIn(name="Eve", does="employs", email="eve@demo.example", password=PASSWORD),
    SignIn(name="Olu", does="runs the site", email="olu@demo.example", password=PASSWORD),
    SignIn(name="Zoe", does="learns elsewhere", email="zoe@demo.example", password=PASSWORD),
]
NORTHGATE = "northgate"


def exists() -> bool:
    """Whether the demo was made before."""
    return Organisation.objects.filter(slug=NORTHGATE).exists()


def make(progress: Callable[[str], None]) -> int:
    """Make the demo. Answers how many submissions were graded.

    It grades and tells on the spot, so that no worker finds hundreds of bells for work that is
    done when a first learner hands in.
    """
    with doorbell.hushed():
        try:
            graded = _make(progress)
        finally:
            grading.close_tools()
        while outbox.deliver():
            pass
    return graded


def _make(progress: Callable[[str], None]) -> int:
    today = clock.now()
    northgate, elsewhere = _organisations()
    autumn = _cohort(northgate, "Autumn intake", today - timedelta(days=58))
    winter = _cohort(northgate, "Winter intake", today - timedelta(days=10))
    zoes = _cohort(elsewhere, "Evening class", today - timedelta(days=21))
    histories = [
        (_place(autumn, learner, today - timedelta(days=57)), learner, 56) for learner in AUTUMN
    ]
    histories += [
        (_place(winter, learner, today - timedelta(days=9)), learner, 8) for learner in WINTER
    ]
    zoe = Learner("Zoe Karim", PROGRESS, 0.3, 0.6)
    histories.append((_place(zoes, zoe, today - timedelta(days=20)), zoe, 15))
    graded = 0
    for number, (place, learner, days) in enumerate(histories, 1):
        graded += _study(place, learner, days=days, until=today)
        recompute(place)
        progress(f"{number} of {len(histories)} people, {graded} submissions graded")
    for cohort in (autumn, winter, zoes):
        refresh(cohort)
    _leave_a_draft(histories[0][0])
    return graded


@transaction.atomic
def _organisations() -> tuple[Organisation, Organisation]:
    northgate = Organisation.objects.create(name="Northgate Facilities", slug=NORTHGATE)
    elsewhere = Organisation.objects.create(name="Harbour Evening College", slug="harbour")
    give_role(organisation=northgate, user=_person("Ben Adler"), role=Role.INSTRUCTOR)
    give_role(organisation=northgate, user=_person("Eve Lindqvist"), role=Role.EMPLOYER)
    _person("Olu Bankole", is_operator=True)
    return northgate, elsewhere


def _person(name: str, **fields: bool) -> User:
    """Somebody who can sign in; the first name is the address, as the sign-ins say."""
    address = f"{name.split(maxsplit=1)[0].lower()}@demo.example"
    return User.objects.create_user(address, PASSWORD, name=name, **fields)


def _cohort(organisation: Organisation, name: str, began: datetime) -> Cohort:
    with clock.pretend(began):
        return make_cohort(
            organisation=organisation,
            name=name,
            starts_on=began.date(),
            ends_on=(began + timedelta(weeks=WEEKS_LONG)).date(),
        )


def _place(cohort: Cohort, learner: Learner, joined: datetime) -> Enrolment:
    with clock.pretend(joined):
        return enrol(cohort=cohort, learner=_person(learner.name), sharing=learner.sharing)


def _study(place: Enrolment, learner: Learner, *, days: int, until: datetime) -> int:
    """Go through the course as far as the pace allows, one sitting after another."""
    chance = random.Random(f"{SEED} {learner.name}")  # noqa: S311 -- a story, not a secret
    versions = _course()
    way = _way(learner)
    todo = way[: round(learner.pace * len(way))]
    if learner.pace >= KEEN:
        todo += [version for version in _without_help(versions) if version not in todo]
    graded = 0
    for version, began in zip(todo, _sittings(chance, len(todo), days, until), strict=True):
        for moment, answer in _tries(place, version, learner, chance, began):
            with clock.pretend(moment, ticking=True):
                graded += _hand_in(place, version, answer, chance)
    return graded


def _way(learner: Learner) -> list[ExerciseVersion]:
    if not learner.in_order:
        everything = _course()
        return everything[:: max(1, len(everything) // SAMPLED)][:SAMPLED]
    first = _course(only_first=True)
    return first if learner.pace == 1 else first[:SO_FAR]


def _without_help(versions: list[ExerciseVersion]) -> list[ExerciseVersion]:
    """A few exercises without help, from all competencies: anyone may show at once what they can
    do alone."""
    competency = dict(Skill.objects.values_list("pk", "competency"))
    shown: Counter[str] = Counter()
    chosen = []
    for version in versions:
        of = {competency[skill] for skill in version.skills}
        if not version.aided and any(shown[each] < SHOWN_ALONE for each in of):
            chosen.append(version)
            shown.update(of)
    return chosen


def _course(*, only_first: bool = False) -> list[ExerciseVersion]:
    places = ExercisePlace.objects.filter(lesson__module__course__release=current_release())
    if only_first:
        places = places.filter(lesson__module__course__position=0)
    return [
        place.version
        for place in places.select_related("version").order_by(
            "lesson__module__course__position",
            "lesson__module__position",
            "lesson__position",
            "position",
        )
    ]


def _sittings(chance: random.Random, many: int, days: int, until: datetime) -> Iterator[datetime]:
    """Moments in office hours, in order, the last one within two days of ``until``."""
    spread = sorted(chance.uniform(0, days) for _ in range(many))
    for passed in spread:
        day = (until - timedelta(days=days - passed)).date()
        at = time(hour=chance.randint(9, 16), minute=chance.randint(0, 40))
        yield min(datetime.combine(day, at, tzinfo=until.tzinfo), until - timedelta(minutes=45))


def _tries(
    place: Enrolment,
    version: ExerciseVersion,
    learner: Learner,
    chance: random.Random,
    began: datetime,
) -> Iterator[tuple[datetime, Answer]]:
    """Tries until the work passes, or until this person gives up for the day."""
    right, wrong = _stored(graded_exercise(version.pk))
    with clock.pretend(began):
        open_attempt(enrolment=place, version=version)
    care = learner.care if version.aided else learner.care * CARE_ALONE
    gives_up = 0.12 if version.aided else 0.35
    moment = began + timedelta(minutes=version.minutes * chance.uniform(0.4, 1.4))
    for answer in chance.sample(wrong, k=len(wrong)):
        if chance.random() < care:
            break
        yield moment, answer
        moment += timedelta(minutes=chance.randint(2, 9))
        if chance.random() < gives_up:
            return
    yield moment, chance.choice(right)


def _stored(exercise: Exercise) -> tuple[list[Answer], list[Answer]]:
    """The stored answers that pass (or the reference), and those that don't."""
    names = sorted({path.partition("/")[0] for path in exercise.folder("answers")})
    right = [stored_answer(exercise, f"answers/{n}") for n in names if n.startswith("passed-")]
    wrong = [stored_answer(exercise, f"answers/{n}") for n in names if n.startswith("failed-")]
    return right or [Answer(files=exercise.folder("reference"))], wrong


def _hand_in(
    place: Enrolment, version: ExerciseVersion, answer: Answer, chance: random.Random
) -> int:
    if version.hints and chance.random() < 0.15:
        open_hint(open_attempt(enrolment=place, version=version))
    moment = clock.now()
    key = uuid5(KEYS, f"{place.pk} {version.pk} {moment.isoformat()}")
    if version.kind == "build":
        answer = play(open_attempt(enrolment=place, version=version), answer)
    receipt = grading.hand_in(enrolment=place, version=version, answer=answer, key=key)
    run = receipt.submission.runs.get()
    if grading.grade_run(run.pk) is None:
        run.refresh_from_db()
        raise RuntimeError(f"The demo could not be graded: {run.fault or run.state}")
    return 1


def _leave_a_draft(place: Enrolment) -> None:
    """Ada was in the middle of something."""
    done = set(place.attempts.values_list("version", flat=True))
    version = next((version for version in _course() if version.pk not in done), None)
    if version is None or version.kind != "code":
        return
    starter: dict[str, str] = version.shown.get("starter", {})
    begun = {name: f"{text}\n# back after lunch\n" for name, text in starter.items()}
    attempt = open_attempt(enrolment=place, version=version)
    save_draft(attempt=attempt, answer=Answer(files=begun), revision=0)
