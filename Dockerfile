FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY knowledge knowledge
# What a first start computes is computed here.
RUN mkdir -p var && /venv/bin/python -m bot ask "안내" > /dev/null

FROM python:3.11-slim
# Korean letters for the pictures of /stats, pg_dump for `backup`.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-nanum postgresql-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 bot
WORKDIR /app
COPY --from=build /venv /venv
# Code and knowledge belong to root, so that a hole in the bot changes neither; var is all that it writes.
COPY --from=build /app /app
RUN chown -R bot:bot /app/var
USER 10001
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp/matplotlib LOG_FORMAT=json
EXPOSE 8080
VOLUME /app/var
# Asks GET /healthz.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot.web.probe"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
