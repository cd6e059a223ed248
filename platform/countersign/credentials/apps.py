from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "countersign.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.credentials import handlers
        from countersign.events import outbox
        from countersign.grading.events import SubmissionGraded

        outbox.subscribe(SubmissionGraded, handlers.review_grounds, about=("learner",))
