"""``python -m bench.practice``: agreement with a human reader, and recognitions per second."""

from __future__ import annotations

import sys
from time import process_time

from bench.practice.agreement import Judgement, judgements, kappa_of
from grader.exercise import load
from grader.kappa import kappa
from grader.kinds.decided import DecidedSpec
from grader.practice.decisions import UNSTATED

ROUNDS = 30


def main() -> None:
    verbose = "-v" in sys.argv[1:]
    for name in ("tuned", "held_out"):
        found = judgements(name)
        agreed = sum(each.agrees for each in found)
        stated = [(str(each.human != UNSTATED), str(each.model != UNSTATED)) for each in found]
        wrong = [each for each in found if each.model not in (each.human, UNSTATED)]
        print(f"{name}: {agreed} of {len(found)} decisions read alike")
        print(f"  kappa {kappa_of(found):.2f}; said or not said {kappa(stated):.2f}")
        print(f"  read as something else than was said: {len(wrong)}")
        if verbose:
            _list([each for each in found if not each.agrees])
    _speed()


def _list(differing: list[Judgement]) -> None:
    for each in differing:
        print(f"    {each.exercise} {each.decision}: {each.human}, read as {each.model}")
        print(f"      {each.text.strip()[:160]!r}")


def _speed() -> None:
    """Whole prompts, with each exercise's own decisions; spellings are looked up once."""
    from bench.practice.agreement import _folder

    texts: dict[str, list[str]] = {}
    for each in judgements("tuned"):
        texts.setdefault(each.exercise, []).append(each.text)
    done, took = 0, 0.0
    for slug, prompts in texts.items():
        spec = load(_folder(slug)).spec
        assert isinstance(spec, DecidedSpec)
        recogniser = spec.recogniser()
        own = list(dict.fromkeys(prompts))
        start = process_time()
        for _ in range(ROUNDS):
            for prompt in own:
                recogniser.stated(prompt)
        took += process_time() - start
        done += ROUNDS * len(own)
    print(f"{done / took:,.0f} prompts a second, {took / done * 1e6:,.0f} µs each")


if __name__ == "__main__":
    main()
