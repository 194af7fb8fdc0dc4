# The private PostgreSQL and Redis under var/: start, stop, look. Sourced after lib.sh.
#
# Both listen on sockets only. The database is for development and demonstration: it does not wait for the disk, so a
# power cut may cost it its data. A killed server loses nothing.

PG=$VAR/pg
PGBIN=
AS_OWNER=()

find_postgresql() {
  local wanted=
  [ ! -e "$PG/PG_VERSION" ] || wanted=$(<"$PG/PG_VERSION")
  PGBIN=$(ls -d /usr/lib/postgresql/${wanted:-*}/bin 2>/dev/null | sort -V | tail -1)
  if [ -z "$PGBIN" ] || [ ! -x "$PGBIN/postgres" ]; then
    [ -z "$wanted" ] || die "var/pg was made by PostgreSQL $wanted, which is not installed. Install it, or remove var/pg to begin anew."
    die "PostgreSQL is not installed. Run script/setup first."
  fi
}

# PostgreSQL refuses to run as root: it then runs as the user "postgres" and owns its own directory. Where that user
# may not pass the directories above (a home of mode 0700), it is given the right to.
become_owner() {
  AS_OWNER=()
  [ "$(id -u)" = 0 ] || return 0
  AS_OWNER=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  "${AS_OWNER[@]}" test -x "$VAR" || AS_OWNER+=(--inh-caps=+dac_override --ambient-caps=+dac_override)
  AS_OWNER+=(--)
}

make_directories() {
  mkdir -p "$VAR/redis" "$VAR/log" "$PG"
  if [ "$RUN" = "$VAR/run" ]; then
    [ ! -L "$RUN" ] || rm -f "$RUN"
    mkdir -p "$RUN"
  else
    mkdir -m 700 "$RUN" 2>/dev/null || true
    [ -d "$RUN" ] && [ ! -L "$RUN" ] || die "$RUN is not a directory; remove it and try again."
    rm -rf "$VAR/run"
    ln -s "$RUN" "$VAR/run"
  fi
  local owner
  owner=$(id -u)
  if [ "$owner" = 0 ]; then
    case $(stat -c %U "$RUN") in root | postgres) ;; *) die "$RUN belongs to somebody else." ;; esac
    chown postgres: "$PG" "$RUN"
  else
    [ "$(stat -c %u "$RUN")" = "$owner" ] || die "$RUN belongs to somebody else."
    [ "$(stat -c %u "$PG")" = "$owner" ] || die "var/pg belongs to $(stat -c %U "$PG"): run this as the same user as before."
  fi
  chmod 700 "$PG" "$RUN"
}

# A pid file proves nothing: the process may be gone, a zombie, or another one with the same number. PostgreSQL's main
# process works in its data directory. (pg_ctl would signal whatever process has the number.)
postgres_is_up() {
  local pid
  pid=$(head -1 "$PG/postmaster.pid" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ ]] && [ -r "/proc/$pid/stat" ] || return 1
  [ "$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -c1)" != Z ] || return 1
  [ "$(readlink "/proc/$pid/cwd")" = "$PG" ]
}

postgres_answers() { postgres_is_up && "$PGBIN/pg_isready" -q -h "$RUN" -p 5432; }
redis_answers() { [ "$(redis-cli -s "$RUN/redis.sock" ping 2>/dev/null)" = PONG ]; }

make_cluster() {
  [ ! -e "$PG/made" ] || return 0
  find "$PG" -mindepth 1 -delete # what an interrupted attempt left
  rm -f "$VAR"/migrated-* "$VAR/demo-begun"
  "${AS_OWNER[@]}" "$PGBIN/initdb" -D "$PG" -U app --auth-local=trust --auth-host=reject -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$VAR/log/initdb.log" 2>&1 8>&- 9>&- || die "$(tail -5 "$VAR/log/initdb.log")"
  "${AS_OWNER[@]}" touch "$PG/made"
}

start_postgres() {
  make_cluster
  ! postgres_answers || return 0
  touch "$VAR/log/postgres.log"
  [ "$(id -u)" != 0 ] || chown postgres: "$VAR/log/postgres.log"
  local attempt options
  options="-k $RUN -c listen_addresses= -c unix_socket_permissions=0700 -c max_connections=200 -c fsync=off \
    -c full_page_writes=off -c shared_buffers=256MB -c max_wal_size=2GB -c timezone=UTC"
  for attempt in 1 2 3 4 5; do
    postgres_is_up || rm -f "$PG/postmaster.pid" "$RUN/.s.PGSQL.5432.lock"
    if "${AS_OWNER[@]}" "$PGBIN/pg_ctl" -D "$PG" -w -t 60 -s -l "$VAR/log/postgres.log" -o "$options" start \
      >/dev/null 2>&1 8>&- 9>&-; then
      break
    fi
    [ "$attempt" != 5 ] || die "PostgreSQL does not start: $(tail -5 "$VAR/log/postgres.log")"
    sleep 1
  done
  make_database
}

make_database() {
  local sql="SELECT 1 FROM pg_database WHERE datname = 'dmi'"
  [ "$(psql_app postgres -Atc "$sql")" = 1 ] || "$PGBIN/createdb" -h "$RUN" -U app -E UTF8 -T template0 dmi 8>&- 9>&-
}

psql_app() { "$PGBIN/psql" -X -q -h "$RUN" -U app -d "$@" 8>&- 9>&-; }

start_redis() {
  ! redis_answers || return 0
  local attempt
  (
    cd "$RUN" # so that no path with blanks has to be told
    redis-server --port 0 --unixsocket "$RUN/redis.sock" --unixsocketperm 700 --daemonize yes --save '' \
      --appendonly no --maxmemory 256mb --databases 16 --pidfile "$RUN/redis.pid" --logfile "$RUN/redis.log" \
      >/dev/null 8>&- 9>&-
  )
  for attempt in $(seq 50); do
    ! redis_answers || return 0
    sleep 0.1
  done
  die "Redis does not start: $(tail -5 "$RUN/redis.log" 2>/dev/null)"
}

start_services() {
  find_postgresql
  become_owner
  make_directories
  start_postgres
  start_redis
}

stop_services() {
  find_postgresql
  become_owner
  if postgres_is_up; then
    "${AS_OWNER[@]}" "$PGBIN/pg_ctl" -D "$PG" -s -w -m fast stop >/dev/null 2>&1 || say "PostgreSQL did not stop."
  fi
  redis-cli -s "$RUN/redis.sock" shutdown nosave >/dev/null 2>&1 || true
}

services_are_up() {
  find_postgresql
  postgres_answers && redis_answers
}

# Use the servers from here on: start them when they are down, and remember that they were.
hold_services() {
  exec 9>"$VAR/users.lock"
  flock -s 9
  with_services_lock _hold
}

_hold() {
  services_are_up || touch "$VAR/stop-after-use"
  start_services
}

# The last user stops what a script started for itself; servers started by `script/services start` stay.
release_services() {
  with_services_lock _release
}

_release() {
  if [ -e "$VAR/stop-after-use" ] && flock -n 9; then
    stop_services
    rm -f "$VAR/stop-after-use"
  fi
  exec 9>&-
}
