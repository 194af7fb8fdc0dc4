# Tables and demonstration data of the development database. Sourced after lib.sh and services.sh.

migrations_hash() {
  find dmi planning targeting community callin followup evaluation demo -path '*/migrations/*.py' -print0 | sort -z |
    xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# Migrations are looked at only when their files changed since the last time.
bring_up_to_date() { with_database_lock _migrate; }

_migrate() {
  local want
  want=$(migrations_hash)
  [ "$(cat "$VAR/migrated-${DMI_DATABASE:-dmi}" 2>/dev/null || true)" != "$want" ] || return 0
  say "Preparing the database …"
  "$PYTHON" "$ROOT/manage.py" migrate --no-input --verbosity 0 >&2 || die "The migrations failed."
  printf '%s' "$want" >"$VAR/migrated-${DMI_DATABASE:-dmi}"
}

with_database_lock() {
  (
    exec 6>"$VAR/database.lock"
    flock 6
    "$@" 6>&-
  )
}

# The invented city and market, when the casebook holds no market yet. An interrupted making is begun anew.
make_demo() { with_database_lock _make_demo; }

_make_demo() {
  local reset=()
  [ ! -e "$VAR/demo-begun" ] || reset=(--reset)
  if [ ${#reset[@]} = 0 ] && [ "$(psql_app dmi -Atc 'SELECT count(*) > 0 FROM cases_marketcase')" = t ]; then
    return 0
  fi
  say "Making the demo city and market …"
  touch "$VAR/demo-begun"
  "$PYTHON" "$ROOT/manage.py" demo "${reset[@]}" >&2 || die "The demo could not be made."
  rm -f "$VAR/demo-begun"
}
