#!/bin/sh
# Prints the broker's definitions with the passwords of the three users, salted and hashed, in their places:
#   ADMIN_PASSWORD=... MASTER_PASSWORD=... WORKER_PASSWORD=... deploy/rabbitmq/definitions.sh >definitions.json
# With arguments it writes the file that ONRUSH_DEFINITIONS names and becomes that command; this is how compose.yaml starts the broker.
set -eu

# SHA-256 of four random bytes and the password, behind these bytes: the broker's own form.
hash_of() {
  salt=$(openssl rand -hex 4)
  bytes=$(printf '\\%03o' $(for pair in $(echo "$salt" | sed 's/../& /g'); do echo $((0x$pair)); done))
  { printf "$bytes"; { printf "$bytes"; printf %s "$1"; } | openssl dgst -sha256 -binary; } | openssl base64 -A
}

print() {
  sed -e "s|ADMIN_PASSWORD_HASH|$(hash_of "$ADMIN_PASSWORD")|" -e "s|MASTER_PASSWORD_HASH|$(hash_of "$MASTER_PASSWORD")|" \
    -e "s|WORKER_PASSWORD_HASH|$(hash_of "$WORKER_PASSWORD")|" "$(dirname "$0")/definitions.json"
}

: "${ADMIN_PASSWORD:?the password of onrush-admin}" "${MASTER_PASSWORD:?the password of onrush-master}" "${WORKER_PASSWORD:?the password of onrush-worker}"
if [ $# = 0 ]; then
  print
else
  (umask 077 && print >"${ONRUSH_DEFINITIONS:?where the broker reads its definitions}")
  # The broker runs as a user of its own.
  ! id rabbitmq >/dev/null 2>&1 || [ "$(id -u)" != 0 ] || chown rabbitmq "$ONRUSH_DEFINITIONS"
  exec "$@"
fi
