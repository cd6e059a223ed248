"""Replies kept by a hash of everything that led to them: asking the same again costs nothing."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from countersign.common import clock
from countersign.llm.models import Sample

KEPT_FOR = timedelta(days=30)


def sample_key(**led_to: Any) -> str:
    """The hash of named JSON values. The organisation belongs among them: tenants share none."""
    canonical = json.dumps(led_to, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def kept(key: str) -> str | None:
    """The reply that was kept under this key."""
    return Sample.objects.filter(pk=key).values_list("text", flat=True).first()


def keep(key: str, text: str, *, model: str) -> str:
    """Keep a reply. When two came at once, the first one stays and is what everyone gets."""
    sample, _ = Sample.objects.get_or_create(pk=key, defaults={"text": text, "model": model})
    return sample.text


def forget_old() -> int:
    """Delete replies that are older than the time for which they are kept."""
    gone, _ = Sample.objects.filter(made_at__lt=clock.now() - KEPT_FOR).delete()
    return gone
