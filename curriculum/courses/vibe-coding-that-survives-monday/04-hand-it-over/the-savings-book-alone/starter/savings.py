# Kofi’s savings book. Nothing is built yet.
