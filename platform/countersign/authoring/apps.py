from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "countersign.authoring"
    verbose_name = "Authoring"

    def ready(self) -> None:
        from countersign.grading.services.beside import also_take

        also_take(_check_next)


def _check_next() -> bool:
    from countersign.authoring.services import checking  # loads the grader: workers only

    return checking.run_next()
