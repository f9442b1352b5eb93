FROM node:24-alpine AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# The image has its Node; the one that npm would bring is not made for Alpine.
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.ts

FROM node:24-alpine
COPY --from=build /src/dist/plexsync.cjs /src/dist/THIRD_PARTY_LICENSES /opt/plexsync/
# Volumes take over the mode of these folders; whatever user compose.yaml names has to be able to make its own there.
RUN ln -s /opt/plexsync/plexsync.cjs /usr/local/bin/plexsync \
 && mkdir /data /inbox \
 && chmod 1777 /data /inbox
ENV NODE_ENV=production \
    PLEXSYNC_DATA_DIR=/data \
    PLEXSYNC_INBOX_DIR=/inbox/events \
    PLEXSYNC_HTTP_PORT=7475 \
    PLEXSYNC_HTTP_BIND=0.0.0.0
EXPOSE 7475
USER 1000
WORKDIR /data
VOLUME ["/data"]
# Asks the running service; a service that cannot reach Plex or Stash is healthy: it waits for them.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["plexsync", "status", "--json"]
ENTRYPOINT ["plexsync"]
CMD ["serve"]
