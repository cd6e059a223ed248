from django.apps import AppConfig


class RegradesConfig(AppConfig):
    name = "countersign.regrades"
    label = "regrades"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.grading.services import each_round
        from countersign.regrades.services import go_on

        each_round(go_on)
