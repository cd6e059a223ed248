"""Writing exercises in the browser."""
