FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY knowledge knowledge
RUN /venv/bin/python -m bot ask "안내" > /dev/null

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 bot
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build --chown=bot:bot /app /app
USER bot
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 LOG_FORMAT=json
HEALTHCHECK --interval=300s --timeout=20s --start-period=30s CMD ["python", "-m", "bot", "ask", "--no-encoder", "안내"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
