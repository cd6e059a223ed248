from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "countersign.authoring"
    verbose_name = "Authoring"

    def ready(self) -> None:
        from countersign.grading.services import each_round
        from countersign.grading.services.beside import also_take

        also_take(_check_next)
        each_round(_ring_for_late)


def _check_next() -> bool:
    from countersign.authoring.services import checking  # loads the grader: workers only

    return checking.run_next()


def _ring_for_late() -> None:
    from countersign.authoring.services import bells

    bells.ring_for_late()
