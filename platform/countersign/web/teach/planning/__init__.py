"""Putting courses together, releasing them, and moving cohorts."""
