# Sorts Priya’s tickets. Nothing is built yet.
