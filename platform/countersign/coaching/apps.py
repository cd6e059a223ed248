from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "countersign.coaching"
    label = "coaching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.coaching import assistant, feedback, handlers
        from countersign.events import outbox
        from countersign.grading.events import SubmissionGraded
        from countersign.llm import jobs

        outbox.subscribe(SubmissionGraded, handlers.begin_feedback)
        jobs.performs(feedback.JOB, feedback.write, feedback.give_up)
        jobs.performs(assistant.JOB, assistant.write, assistant.give_up)
