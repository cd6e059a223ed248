"""What the coach does when told of an event. Short, and may run twice."""

from countersign.coaching.feedback import open_feedback
from countersign.grading.events import SubmissionGraded


def begin_feedback(event: SubmissionGraded) -> None:
    """A result was written: see whether a model may say something about it."""
    open_feedback(event.result)
