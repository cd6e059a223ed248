# Orders of bread. Nothing is built yet.
