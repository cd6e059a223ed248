"""Measurements that docs/performance.md quotes. Each starts a site of its own and ends it."""
