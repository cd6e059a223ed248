"""Kind ``review``: the learner reads what a model wrote, marks what is wrong, proves it, and
says whether it may be used."""
