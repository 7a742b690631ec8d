#!/bin/sh
# Starts the server as its image does, with its password from a file: it reads none from there itself.
set -eu
POSTGRES_PWD=$(cat "$POSTGRES_PWD_FILE")
export POSTGRES_PWD

# Its parts find each other by an address, which 0.0.0.0 is not.
if [ "$BIND_ON_IP" = 0.0.0.0 ]; then
  TEMPORAL_BROADCAST_ADDRESS=$(getent hosts "$(hostname)" | awk 'NR == 1 { print $1 }')
  export TEMPORAL_BROADCAST_ADDRESS
fi
# It asks nobody who they are: that only our own programs reach it is the business of the networks.
exec temporal-server --allow-no-auth start
