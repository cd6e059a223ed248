# Compares rents with what the bank says. Nothing is built yet.
