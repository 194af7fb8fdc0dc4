# One image for web, worker and beat. Built from the hash-pinned lock; holds no secret.
FROM debian:bookworm-slim AS packages
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /venv
COPY requirements.lock /
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /requirements.lock

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
      python3 libgdal32 libgeos-c1v5 libproj25 \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-liberation2 \
      ffmpeg util-linux \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 casebook && useradd --uid 10001 --gid 10001 --no-create-home casebook \
    && install -d -o 10001 -g 10001 -m 0750 /srv/media
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY deploy ./deploy
COPY dmi ./dmi
COPY planning ./planning
COPY targeting ./targeting
COPY community ./community
COPY callin ./callin
COPY followup ./followup
COPY evaluation ./evaluation
COPY demo ./demo
COPY templates ./templates
COPY static ./static
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=dmi.settings.prod \
    DMI_STATIC_ROOT=/app/var/static \
    DMI_MEDIA_ROOT=/srv/media
# Readable for the user below, whatever the modes of the working copy are.
RUN python -m deploy.collect_static && python -m compileall -q . && chmod -R a+rX .
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "dmi.wsgi"]
