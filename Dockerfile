# Hallpass: bot, worker, check and jobs in one image. The sandbox, which plays Slack and Entra, is not in it.
ARG NODE_VERSION=24.21.0

# The full image: it has certificates of authorities, which the slim one lacks and Temporal's client needs.
FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
RUN node scripts/build.mjs && rm -rf dist/sandbox dist/.stamp

# No package's scripts run: what has to be built was built above, and the native parts come ready made.
FROM node:${NODE_VERSION}-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:${NODE_VERSION}-bookworm-slim AS hallpass
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./package.json
COPY migrations ./migrations
# The user `node`, by number: whoever runs the image can see that it is not root.
USER 1000:1000
EXPOSE 3000 3001 3002 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.HALLPASS_STATUS_PORT || 9464) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["--help"]
