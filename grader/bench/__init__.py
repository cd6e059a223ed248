"""How fast grading is: in ratios to ``python -c pass`` and to peers, all measured in one run."""
