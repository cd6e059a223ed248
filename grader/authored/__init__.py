"""What an author writes, read strictly: YAML with line numbers, problems with a remedy.

Nothing here knows a kind of exercise; ``grader.exercise`` puts the two together.
"""
