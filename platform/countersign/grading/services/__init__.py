"""Grade submitted work: hand in, claim, settle, regrade.

The database is the queue; a Celery message is only a doorbell. A run is claimed by one
conditional UPDATE, held by a lease that its worker extends, and finished only by the holder of
the newest lease token.
"""

from countersign.grading.services.dispatcher import beat, dispatch, each_round
from countersign.grading.services.intake import cancel, hand_in, regrade, run_again
from countersign.grading.services.queue import Claim, claim, give_back, heartbeat, set_aside
from countersign.grading.services.settlement import settle
from countersign.grading.services.vitals import Health, beats_since, health
from countersign.grading.services.work import (
    close_tools,
    fitness,
    grade_next,
    grade_run,
    open_tools,
)

__all__ = [
    "Claim",
    "Health",
    "beat",
    "beats_since",
    "cancel",
    "claim",
    "close_tools",
    "dispatch",
    "each_round",
    "fitness",
    "give_back",
    "grade_next",
    "grade_run",
    "hand_in",
    "health",
    "heartbeat",
    "open_tools",
    "regrade",
    "run_again",
    "set_aside",
    "settle",
]
