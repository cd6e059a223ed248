from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "countersign.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.events import outbox
        from countersign.grading.events import SubmissionGraded
        from countersign.grading.services import each_round
        from countersign.learning import handlers
        from countersign.learning.services.overdue import look_for_overdue

        about = ("learner", "cohort")
        outbox.subscribe(SubmissionGraded, handlers.recompute_evidence, about=about)
        each_round(look_for_overdue)
