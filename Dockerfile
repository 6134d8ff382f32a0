# Wengert in a container: `docker compose up`, then http://localhost:8000.
# TORCH is the build of PyTorch: cpu, or one of its CUDA versions (cu130, …) for machines with a GPU; empty takes what pip finds by itself.

ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
ARG TORCH=cpu
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/wengert
RUN python3 -m venv .venv
COPY requirements.lock requirements-torch.lock requirements-node.lock ./
RUN .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
RUN .venv/bin/pip install --no-cache-dir ${TORCH:+--index-url https://download.pytorch.org/whl/${TORCH}} -r requirements-torch.lock

FROM build AS page
COPY package.json package-lock.json .npmrc ./
COPY tools tools
RUN tools/node.sh .venv
RUN PATH="$PWD/.venv/node/bin:$PATH" npm ci --ignore-scripts
COPY static static
RUN .venv/node/bin/node tools/bundle.js

# What is made from the sources is made now, with a compiler that the image itself does not have.
FROM build AS rules
RUN apt-get update \
 && apt-get install --yes --no-install-recommends gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
COPY app app
RUN .venv/bin/python -c "import app.wire.trace; from app.ops.native import native; assert native()" \
 && .venv/bin/python -m compileall -q app

FROM ${BASE}
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/wengert
COPY --from=build /opt/wengert/.venv .venv
COPY --from=rules /opt/wengert/app app
COPY templates templates
COPY --from=page /opt/wengert/static static

# The one place that is written to, by whichever user of group 0 the container runs as.
RUN mkdir /data && chmod 770 /data
VOLUME /data

ENV HOME=/tmp \
    PATH=/opt/wengert/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WENGERT_DATABASE_URL=sqlite:////data/wengert.db \
    WENGERT_HOST=0.0.0.0 \
    WENGERT_PORT=8000
EXPOSE 8000
USER 10001:0
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:%s/healthz' % os.environ['WENGERT_PORT'], timeout=4)"]
CMD ["python", "-m", "app", "serve"]
