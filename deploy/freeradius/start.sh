#!/bin/sh
# Starts FreeRADIUS with the configuration beside it, in a container; its secrets come from files.
set -eu
HALLPASS_GATEWAY_SECRET=$(cat "$HALLPASS_GATEWAY_SECRET_FILE")
HALLPASS_CHECK_SECRET=$(sed -n "s/^$HALLPASS_CHECK_NAME=//p" "$HALLPASS_CHECK_SECRETS_FILE")
export HALLPASS_GATEWAY_SECRET HALLPASS_CHECK_SECRET
# The passwords of site-password-then-code; the other site needs none.
[ -e "$HALLPASS_RADIUS_FOLDER/users" ] || : > "$HALLPASS_RADIUS_FOLDER/users"
exec freeradius -f -d "$HALLPASS_RADIUS_CONFIGURATION" -n radiusd
