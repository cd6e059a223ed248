"""Rows that belong to an organisation are never reached by accident.

``Model.objects.all()`` raises. What works: ``objects.visible_to(user)`` (what this person may
see), a related manager such as ``cohort.enrolments`` (scoped by its owner), and
``objects.unscoped()``, which only services, tasks and handlers use (a test lists them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = TypeVar("Row", bound=models.Model)


class UnscopedQuery(Exception):
    """A query on tenant rows named neither a person nor an owner."""


class TenantQuerySet(models.QuerySet[Row], Generic[Row]):
    """What a tenant's rows must be able to say: which of them this person may see."""

    def visible_to(self, user: Any) -> TenantQuerySet[Row]:
        """``user`` is a ``countersign.accounts.models.User``, who lives a floor above."""
        raise NotImplementedError(f"{self.model.__name__} doesn't say who may see it")


class TenantManager(models.Manager[Row], Generic[Row]):
    """A manager without an everything. See the module's docstring."""

    _queryset_class: type[models.QuerySet[Row]]

    def get_queryset(self) -> models.QuerySet[Row]:
        if getattr(self, "instance", None) is None:
            raise UnscopedQuery(
                f"{self.model.__name__}: use visible_to(user), a related manager or unscoped()."
            )
        return self._rows()

    def _rows(self) -> models.QuerySet[Row]:
        return self._queryset_class(model=self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]

    def unscoped(self) -> Any:
        """Every tenant's rows. For code that works on behalf of the system itself."""
        return self._rows()

    def visible_to(self, user: Any) -> Any:
        """The rows this person may see; nothing for strangers."""
        return self._rows().visible_to(user)  # type: ignore[attr-defined]

    def create(self, **fields: Any) -> Row:
        if getattr(self, "instance", None) is not None:
            return super().create(**fields)
        return self._rows().create(**fields)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        return self._rows().bulk_create(objs, *args, **options)
