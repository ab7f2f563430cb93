# 政策问答. Build: docker build -t policy-qa .   Run: see README, 部署.
# With optional parts: docker build --build-arg EXTRAS="opensearch postgresql" -t policy-qa .
FROM python:3.11-slim AS build
ARG EXTRAS=""
WORKDIR /build
COPY requirements*.txt ./
RUN python -m venv /venv && for part in $EXTRAS; do echo "-r requirements-$part.txt"; done > parts.txt \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-hashed.txt \
    && { [ ! -s parts.txt ] || /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r parts.txt; }

FROM python:3.11-slim
RUN useradd --system --uid 10001 policyqa && install -d -o policyqa /app/data
WORKDIR /app
COPY --from=build /venv /venv
COPY webhook.py LICENSE ./
COPY bot bot
# the user of the service may not write there; without this every start compiles 250 modules
RUN /venv/bin/python -m compileall -q bot webhook.py
COPY knowledge knowledge
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8000
USER policyqa
EXPOSE 8000
VOLUME ["/app/knowledge", "/app/data"]
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/readyz\", timeout=2)"]
CMD ["python", "webhook.py"]
