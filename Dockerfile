# One image for every part; docker-compose.yml says which part a container runs.
FROM python:3.12-slim-bookworm AS packages
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/requirements.txt

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --home-dir /nonexistent countersign \
    && install -d -o countersign -g countersign /var/lib/countersign
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY manage.py ./
COPY requirements/__init__.py requirements/bootstrap.py requirements/
COPY grader grader/
COPY platform platform/
COPY curriculum curriculum/
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app/platform:/app \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=countersign.settings \
    BOOTSTRAP=off \
    COUNTERSIGN_VAR=/var/lib/countersign \
    STATIC_ROOT=/app/static
RUN SECRET_KEY=for-collecting-only python manage.py collectstatic --noinput
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "-c", "python:countersign.operations.webserver", "countersign.wsgi:application"]
