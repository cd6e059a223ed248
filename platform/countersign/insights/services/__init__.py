"""Work figures out beforehand, and read them: as an instructor, or under the rules of consent."""

from countersign.insights.services.attention import Stuck, WorkList, work_list
from countersign.insights.services.closing import close, close_if_due, refresh
from countersign.insights.services.employer import (
    CohortView,
    NotShared,
    SharedPerson,
    SharedWork,
    cohort_view,
    employer_view,
    exercise_count,
    shared_person,
    shared_work,
)
from countersign.insights.services.exercise_results import (
    ExerciseFigures,
    RuleFigure,
    Trier,
    exercise_figures,
    taught_exercises,
    taught_versions,
    triers,
)
from countersign.insights.services.inbox import Waiting, What, inbox
from countersign.insights.services.snapshots import (
    differences,
    figures_of,
    refresh_learner,
)
from countersign.insights.services.teaching import (
    ExerciseLine,
    RosterLine,
    SubmissionInFull,
    in_full,
    learner_lines,
    roster,
)

__all__ = [
    "CohortView",
    "ExerciseFigures",
    "ExerciseLine",
    "NotShared",
    "RosterLine",
    "RuleFigure",
    "SharedPerson",
    "SharedWork",
    "Stuck",
    "SubmissionInFull",
    "Trier",
    "Waiting",
    "What",
    "WorkList",
    "close",
    "close_if_due",
    "cohort_view",
    "differences",
    "employer_view",
    "exercise_count",
    "exercise_figures",
    "figures_of",
    "in_full",
    "inbox",
    "learner_lines",
    "refresh",
    "refresh_learner",
    "roster",
    "shared_person",
    "shared_work",
    "taught_exercises",
    "taught_versions",
    "triers",
    "work_list",
]
