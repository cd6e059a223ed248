# Fills in Hana’s letters. Nothing is built yet.
