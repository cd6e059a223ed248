# Bojan’s stock alert. Nothing is built yet.
