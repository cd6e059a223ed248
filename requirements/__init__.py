"""What the project needs, locked by hash, and `bootstrap`, which installs it."""
