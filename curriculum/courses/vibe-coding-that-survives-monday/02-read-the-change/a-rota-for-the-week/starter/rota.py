# Plans Adaeze’s week. Nothing is built yet.
