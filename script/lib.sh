# Shared by the scripts beside it: where things are, what is running, and messages. Sourced by bash, never run.
# Standard output belongs to the caller; everything here speaks on standard error.

set -euo pipefail
umask 022
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME DJANGO_ALLOW_ASYNC_UNSAFE

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VAR=$ROOT/var
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python
CALLED_FROM=$PWD
cd -- "$ROOT"

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

mkdir -p "$VAR"

# A socket's path may hold some hundred characters, and addresses of Redis no blanks: then the sockets lie in a short
# directory and var/run is a link to it.
run_directory() {
  if [ ${#VAR} -le 76 ] && [[ $VAR =~ ^[A-Za-z0-9/_.-]+$ ]]; then
    printf '%s/run' "$VAR"
  else
    printf '/tmp/dmi-%s-%s' "$(id -u)" "$(printf %s "$VAR" | sha256sum | cut -c1-12)"
  fi
}
RUN=$(run_directory)

# Locks. `services.lock` is held for moments while servers start or stop. `users.lock` is held, shared, by every script
# that uses the servers; who holds it alone is the last one and may stop them.
with_services_lock() {
  exec 8>"$VAR/services.lock"
  flock 8
  local rc=0
  "$@" || rc=$?
  exec 8>&-
  return $rc
}
