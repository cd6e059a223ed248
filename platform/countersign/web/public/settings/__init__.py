"""Everyone's own settings."""
