from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "countersign.cohorts"
    label = "cohorts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.cohorts import handlers
        from countersign.cohorts.events import PersonInvited
        from countersign.courses.events import ReleaseMade
        from countersign.events import outbox

        outbox.subscribe(ReleaseMade, handlers.move_the_open_cohort)
        outbox.subscribe(PersonInvited, handlers.send_invitation)
