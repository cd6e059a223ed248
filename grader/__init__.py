"""The grader: a submission goes in, a verdict comes out.

A pure package. It knows no web framework, no queue, no network and no database; what it
needs to run untrusted code it gets through ``grader.sandbox``.
"""
