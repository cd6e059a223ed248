"""Settings of the web server: `gunicorn -c python:countersign.operations.webserver`.

One process with threads serves pages well; WEB_PROCESSES adds more. Each worker ends with its
arbiter, however that ends.
"""

from typing import Any

from countersign import env
from countersign.operations import logs, processes

bind = env.text("WEB_BIND", "127.0.0.1:8000")
workers = env.number("WEB_PROCESSES", 1, minimum=1)
threads = env.number("WEB_THREADS", 8, minimum=1)
worker_class = "gthread"
timeout = 60
graceful_timeout = env.number("WEB_DRAIN_SECONDS", 30)
keepalive = 20
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
loglevel = env.text("LOG_LEVEL", "info").lower()
logconfig_dict = logs.configuration(
    as_json=env.flag("LOG_JSON", default=not env.flag("DEBUG")),
    level=env.text("LOG_LEVEL", "INFO"),
)


def post_fork(server: Any, worker: Any) -> None:
    """Called by gunicorn in each new worker."""
    processes.end_with_parent()
