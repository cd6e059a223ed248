"""Waiting times at the clinic, from the list at the desk."""

import statistics
from collections import Counter
from datetime import datetime


def wait_minutes(visit):
    """Whole minutes between coming and being seen."""
    came = datetime.fromisoformat(visit["came"])
    seen = datetime.fromisoformat(visit["seen"])
    minutes = (seen - came).seconds // 60
    if minutes < 0:
        raise ValueError(f"seen before coming: {visit}")
    return minutes


def busiest_hours(visits, most=2):
    """The hours in which most patients came, from early to late."""
    counts = Counter(
        datetime.fromisoformat(visit["came"]).hour for visit in visits
    )
    return sorted(counts.top(most))


def middle_wait(waits):
    """The wait in the middle, or None on a day without visits."""
    if not waits:
        return None
    return statistics.median(waits)


def day_sheet(day, visits):
    """The lines of the sheet on the wall."""
    waits = [wait_minutes(visit) for visit in visits]
    title = f"Waits on {day:%d.%M.%Y}"
    longest = max(waits, default=0)
    return [title, f"longest: {longest}", f"middle: {middle_wait(waits)}"]
