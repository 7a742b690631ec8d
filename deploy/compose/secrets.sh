#!/bin/sh
# Makes the files of docker-compose.yml's secrets. What is there already is kept: run it as often as you like.
#
#   sh deploy/compose/secrets.sh
#
# The folder is closed to everybody else; the files in it can be read by every user, because each container mounts
# single files and reads them as a user of its own.
set -eu
cd "$(dirname "$0")/../.."
umask 022
folder=secrets
mkdir -p "$folder"
chmod 700 "$folder"

# Writes what comes in under this name, unless there is such a file.
keep() {
  if [ -e "$folder/$1" ]; then
    cat > /dev/null
    return
  fi
  cat > "$folder/$1.new"
  mv "$folder/$1.new" "$folder/$1"
}

random() {
  od -An -N 32 -tx1 /dev/urandom | tr -d ' \n'
}

url() {
  echo "postgresql://$1:$(cat "$folder/$1_password")@postgres:5432/hallpass?sslmode=disable"
}

for role in postgres temporal hallpass_owner hallpass_app hallpass_verify hallpass_codec; do
  random | keep "${role}_password"
done
url hallpass_owner | keep database_owner_url
url hallpass_app | keep database_url
url hallpass_verify | keep database_verify_url
url hallpass_codec | keep database_codec_url

random | keep radius_gateway_secret
printf 'vpn-gateway=%s\n' "$(random)" | keep hallpass_check_secrets

# The programs' own keys: one NAME=value a line.
if [ ! -e "$folder/hallpass_signing_key" ]; then
  ${HALLPASS:-docker run --rm --network none "$(sed -n 's/^HALLPASS_IMAGE=//p' .env)"} keys new > "$folder/keys.new"
  grep -v '^#' "$folder/keys.new" | while read -r line; do
    name=$(echo "${line%%=*}" | tr '[:upper:]' '[:lower:]')
    echo "${line#*=}" | keep "$name"
  done
  rm "$folder/keys.new"
fi

# What comes from elsewhere; what is not needed stays empty.
for name in slack_bot_token slack_signing_secret slack_app_token hallpass_codec_tls_cert hallpass_codec_tls_key; do
  : | keep "$name"
done
for application in entra entra_issuer entra_responder; do
  for what in secret certificate certificate_key; do
    : | keep "${application}_client_$what"
  done
done

echo "The secrets are in $folder. Still empty:"
find "$folder" -type f -empty | sort
