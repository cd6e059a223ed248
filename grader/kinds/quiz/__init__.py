"""Kind ``quiz``: questions with a key; what a program prints is found by running it."""
