from cells import minutes
