# Latchkey as an image: the standalone folder on a slim Node. How to run it: DEPLOYMENT.md, "Container".
#
#   docker build -t latchkey .
#
# Node and Debian are the same in all stages: the database driver holds machine code for both.

# With a compiler, for platforms that the driver has no binary for.
FROM node:24-bookworm AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM packages AS build
ENV NEXT_TELEMETRY_DISABLED=1
COPY . .
# needs no settings and no database, so no secret can get into a layer
RUN npm run build:standalone

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/.next/standalone ./
COPY deploy/latchkey /usr/local/bin/latchkey
# the only place that is written to: the SQLite file, and a secret of its own where none is given
RUN install -d -o 1000 -g 1000 -m 700 .data
VOLUME /app/.data
# `node` of the base image, by number, so that Kubernetes can see that it is not root
USER 1000:1000
EXPOSE 3000
# the process, not the database: nothing is gained by restarting this one while that one is away
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node as process 1: it handles SIGTERM itself and leaves no children behind, so no init is needed
STOPSIGNAL SIGTERM
CMD ["node", "server.js"]
