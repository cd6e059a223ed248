"""Reports that tenants may download."""

import random
import string

ENDINGS = (".pdf", ".csv")
LETTERS = string.ascii_letters + string.digits
SYSTEM = random.SystemRandom()


def report_path(folder, name):
    """The path of a report. Refuses every name that isn’t a report of the folder."""
    path = f"{folder}/{name}"
    if not path.startswith(f"{folder}/"):
        raise ValueError("not in the folder")
    if not path.lower().endswith(ENDINGS):
        raise ValueError("not a report")
    return path


def secret_link(name, seed):
    """An address for a report that nobody can guess."""
    source = random.Random(seed)
    token = "".join(source.choice(LETTERS) for _ in range(32))
    return f"/shared/{token}/{name}"


def newest(reports, count=10):
    """The newest reports first, as (day, name), at most this many."""
    return sorted(reports, reverse=True)[:count]


def label(name):
    """A report’s name as the tenant reads it."""
    stem, _, _ = name.rpartition(".")
    return stem.replace("-", " ").capitalize()
