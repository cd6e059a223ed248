"""What runs inside the template processes and their confined children. Standard library only.

Nothing here knows an expected value or a secret, except ``tester``, which holds an author's
tests and never runs a learner's code.
"""
