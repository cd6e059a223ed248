"""Kind ``test``: the learner writes tests, and wrong programs are what they have to catch."""
