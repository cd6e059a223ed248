# Answers guests who cancel. Nothing is built yet.
