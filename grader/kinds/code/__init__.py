"""Kind ``code``: the learner writes or repairs a program, and hidden tests run it."""
