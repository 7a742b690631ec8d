#!/bin/sh
# Makes the namespace, which keeps histories for 90 days, and the search attribute; again as often as one likes.
set -eu
command -v temporal > /dev/null || { echo "Install Temporal's command line: temporal is not found." >&2; exit 1; }
tries=60
until temporal operator cluster health; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || { echo "Temporal does not answer at $TEMPORAL_ADDRESS." >&2; exit 1; }
  sleep 1
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" > /dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi

# A namespace is known to all parts of the server some seconds after it was made.
until temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE" | grep -q HallpassId; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || { echo "The search attribute HallpassId could not be made." >&2; exit 1; }
  temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name HallpassId --type Keyword || true
  sleep 1
done
