#!/bin/sh
# What Stash runs: keeps what it tells of a change, hands tasks and operations to the daemon and its answers
# back, and starts the daemon when none is alive. On stdin comes one JSON document (stash reference §2.1).
#
#   sh hook.sh hook     an event
#   sh hook.sh task     a task
#   sh hook.sh          an operation
#
# Stash waits for it, once per scene of a bulk edit, and kills it when the browser leaves (stash reference
# §2.4, §2.5). So an event costs three programs at most (mktemp, head, mv) and leaves nothing on stdout, and
# the exit code is 0 whatever happens. Written for dash and busybox ash.
#
# The inbox, a folder that the daemon empties:
#   v1-*       one event each: at most 64 KiB of stdin, written under a name with a dot, then renamed
#   r1-<id>    one task or operation each, kept likewise
#   outbox/    <id>.json, the answer: one JSON object as Stash wants it (stash reference §2.2)
#   notice     what the user must know: lines of a level (i, w or e) and a text, for Stash's log
#   overflow   more events came than are kept: the daemon is to compare everything, then removes it
#   alive      its time lies in the future as long as a daemon lives
#   external   a daemon elsewhere empties this inbox, maybe as another user of its group: never start one
#   starting/  when a daemon was last started;  no-node/  when it was last reported that none can be
# Beside this script, inbox-path remembers where the inbox is, and no-inbox/ when it was last reported to be missing.
#
# PLEXSYNC_INBOX_DIR names the inbox, PLEXSYNC_NODE the Node to start the daemon with. The daemon gets
# PLEXSYNC_INBOX_DIR and PLEXSYNC_STORED_EVENT: the event or request that made it start (how to reach Stash
# stands there), empty when that was not kept.

trap 'exit 0' EXIT
umask 077
# What mktemp or mv have to say would be an error in Stash's log; `log` says it once and in our words.
exec 3>&2 2>/dev/null

event_bytes=65536
waiting_events=10000
waiting_requests=100
operation_seconds=10
# A task is to end within 5 s, because Stash runs one job at a time (stash reference §2.5).
task_seconds=4
start_seconds=30
warning_seconds=3600

# These texts go into JSON as they are, so they hold no quote, backslash or path.
no_node='No Node.js 22.13 or newer found. Install it, write its path to a file node-path in the folder of the plugin, or run the PlexSync service beside Stash.'
if_it_stays="If it stays so, look into PlexSync's log, in the folder plexsync beside Stash's config.yml, or whether the PlexSync service is running."
not_written="PlexSync cannot keep this request. Its inbox must be there, writable for Stash, and its disk not full: the folder plexsync/inbox beside Stash's config.yml, or the one that PLEXSYNC_INBOX_DIR names."

case $0 in
  */*) here=${0%/*} ;;
  *) here=. ;;
esac

# Stash's log protocol: a level and a text; a line over 64 KiB would end it (stash reference §2.3).
log() {
  printf '\001%s\002%.2000s\n' "$1" "$2" >&3
}

# True for one caller in $2 seconds, however many ask at once. The folder $1 holds a file named by the time
# of the last claim; mkdir makes it for one caller only, and mv moves that file on for one caller only.
claim() {
  guard=$inbox/$1
  now=$(date +%s) || return 1
  if [ ! -d "$guard" ] && mkdir "$guard"; then
    true >"$guard/$now"
    return
  fi
  for last in "$guard"/*; do :; done
  claimed=${last##*/}
  case $claimed in
    *[!0-9]*) # Made in this instant, or by a hook that was killed before it left the time.
      true >"$guard/$now"
      return 1
      ;;
  esac
  # More, not as much: both times were cut to whole seconds. One far ahead was left before the clock was set back.
  age=$((now - claimed))
  [ "$age" -gt "$2" ] || [ "$age" -le "-$2" ] || return 1
  mv "$last" "$guard/$now"
}

# Sets `folder` to the "Dir" of the document: Stash's configuration folder. Go escapes these five in paths;
# any other escape stands for something that no path should hold.
read_stash_folder() {
  folder=
  case $document in
    *\"Dir\":\"*) rest=${document#*\"Dir\":\"} ;;
    *) return 1 ;;
  esac
  while :; do
    plain=${rest%%[\"\\]*}
    folder=$folder$plain
    rest=${rest#"$plain"}
    case $rest in
      \"*) break ;;
      '\\'*) folder=$folder\\ rest=${rest#??} ;;
      '\"'*) folder=$folder\" rest=${rest#??} ;;
      '\u0026'*) folder=$folder\& rest=${rest#??????} ;;
      '\u003c'*) folder=$folder\< rest=${rest#??????} ;;
      '\u003e'*) folder=$folder\> rest=${rest#??????} ;;
      *) return 1 ;;
    esac
  done
  case $folder in
    /*) [ -d "$folder" ] ;;
    *) return 1 ;;
  esac
}

# Sets `inbox`; the slow way reads `document` for it, once in the life of a plugin folder, and writes it down with
# the place of that folder: a copy of it belongs to another Stash. A line without a newline was cut while it was
# written.
find_inbox() {
  inbox=${PLEXSYNC_INBOX_DIR-}
  [ -z "$inbox" ] || return 0
  case $here in
    /*) place=$here ;;
    *) place=$PWD/$here ;;
  esac
  if [ -f "$here/inbox-path" ] && { IFS= read -r inbox && IFS= read -r noted; } <"$here/inbox-path" \
    && [ "$noted" = "$place" ] && [ -d "$inbox" ]; then return 0; fi
  [ -n "${document+read}" ] || document=$(head -c "$event_bytes")
  read_stash_folder || return 1
  inbox=$folder/plexsync/inbox
  [ -d "$inbox" ] || mkdir -p "$inbox" || return 1
  [ ! -w "$here" ] || printf '%s\n%s\n' "$inbox" "$place" >"$here/inbox-path"
}

document_text() {
  if [ -n "${document+read}" ]; then printf '%s' "$document"; else head -c "$event_bytes"; fi
}

# Keeps the document under a name that starts with $1; sets `stored`. The process id is part of the name
# because musl's mktemp picks among 10^9 names only, and mv would replace what still waits under the same one.
# The file is made here, and only if it is new (-C), since mktemp would shut out the group.
store() {
  stored=
  [ ! -e "$inbox/external" ] || umask 027
  written=$(mktemp -u "$inbox/.new-$$-XXXXXX") || return 1
  set -C
  true >"$written" || written=
  set +C
  [ -n "$written" ] || return 1
  if document_text >"$written" && mv "$written" "$inbox/$1-${written##*/.new-}"; then
    stored=$inbox/$1-${written##*/.new-}
    return 0
  fi
  rm -f "$written"
  return 1
}

# Counting 10,000 files takes longer than all the rest, so one hook in about 61 does it. A prime, because
# process ids come in steps of those that a hook uses up.
is_full() {
  [ $(($$ % 61)) -eq 0 ] || return 1
  set -- "$inbox"/v1-*
  [ $# -ge "$waiting_events" ]
}

# $1 is the newest file. If it is gone, a daemon took it, which therefore lives.
needs_daemon() {
  [ ! -e "$inbox/external" ] && [ -f "$here/daemon.cjs" ] && [ ! "$inbox/alive" -nt "$1" ] && [ -e "$1" ]
}

is_node_new_enough() {
  [ -x "$1" ] && [ ! -d "$1" ] || return 1
  version=$("$1" --version </dev/null 3>&-) || return 1
  case $version in
    v*.*) ;;
    *) return 1 ;;
  esac
  major=${version%%.*}
  major=${major#v}
  minor=${version#*.}
  minor=${minor%%.*}
  case $major$minor in
    '' | *[!0-9]*) return 1 ;;
  esac
  [ "$major" -gt 22 ] || { [ "$major" -eq 22 ] && [ "$minor" -ge 13 ]; }
}

# Sets `node`.
find_node() {
  node=${PLEXSYNC_NODE-}
  [ -n "$node" ] && is_node_new_enough "$node" && return 0
  if [ -f "$here/node-path" ]; then
    # False without a newline at the end, which people forget; the path is read all the same.
    IFS= read -r node <"$here/node-path"
    is_node_new_enough "$node" && return 0
  fi
  for node in "$(command -v node)" /usr/local/bin/node /usr/bin/node /opt/homebrew/bin/node /opt/bin/node \
    /var/packages/Node.js_v2*/target/usr/local/bin/node "${HOME-}"/.volta/bin/node \
    "${HOME-}"/.nvm/versions/node/*/bin/node; do
    is_node_new_enough "$node" && return 0
  done
  return 1
}

# In a session of its own, where there is setsid, and with none of our streams: Stash reads stdout until the
# last process that holds it has ended (stash reference §2.4). Threads that share what glibc has taken save a tenth
# of its memory.
start_daemon() {
  export PLEXSYNC_INBOX_DIR="$inbox" PLEXSYNC_STORED_EVENT="$stored" MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
  if command -v setsid >/dev/null; then
    setsid "$node" "$here/daemon.cjs" </dev/null >/dev/null 2>&1 3>&- &
  else
    (trap '' HUP && exec "$node" "$here/daemon.cjs" </dev/null >/dev/null 2>&1 3>&-) &
  fi
}

# What goes wrong with every event of a bulk edit. There is no inbox to note the time of the last warning in, so
# it stands beside this script; where that cannot be written either, each event says it.
say_hourly() {
  if [ -w "$here" ] && ! (inbox=$here && claim no-inbox "$warning_seconds"); then return; fi
  log w "$1"
}

keep_event() {
  if ! find_inbox; then
    say_hourly 'PlexSync found no folder to keep changes in; they will be found by looking at Stash later.'
    return
  fi

  stored=
  if [ ! -e "$inbox/overflow" ] && store v1 && ! is_full; then
    newest=$stored
  elif true >"$inbox/overflow"; then
    # Left anew each time, so that one just removed by the daemon does not take this change with it.
    newest=$inbox/overflow
  else
    say_hourly "PlexSync could not write to $inbox; changes will be found by looking at Stash later."
    return
  fi

  needs_daemon "$newest" && claim starting "$start_seconds" || return
  if find_node; then
    start_daemon
  elif claim no-node "$warning_seconds"; then
    log w "PlexSync keeps changes but cannot sync them. $no_node"
  fi
}

# An error of an operation is one in Stash's log. Nobody asked for the waking that each opening of Stash's pages
# does, so what stands in its way is said like what stands in the way of an event.
refuse() {
  if [ -z "$is_waking" ]; then
    printf '{"error":"%s"}\n' "$1"
    return
  fi
  if [ -n "$inbox" ] && claim no-node "$warning_seconds"; then log w "$1"; fi
  printf '{"output":null}\n'
}

# Takes the request back. A daemon that has just taken it leaves an answer, which it has to tidy up itself.
withdraw() {
  rm -f "$stored"
  refuse "$1"
}

# A daemon that was killed counts as alive for some seconds more. The request grows old meanwhile, so a file of
# now is what `alive` is compared with.
start_once_gone() {
  [ -e "$stored" ] && true >"$inbox/.now-$$" && needs_daemon "$inbox/.now-$$" || return
  claim starting "$start_seconds" && find_node && start_daemon
}

# True once there is an answer. By the clock, since programs may be slow to start; and by count, since the
# clock may be set back.
wait_for_answer() {
  tenths=$((seconds * 10))
  until [ -e "$answer" ]; do
    [ "$tenths" -gt 0 ] && [ "$(date +%s)" -lt "$deadline" ] || return 1
    start_once_gone
    # Not every sleep knows fractions.
    if sleep 0.1; then tenths=$((tenths - 1)); else sleep 1; tenths=$((tenths - 10)); fi
  done
}

# $1 is `task` or `operation`.
relay() {
  case $1 in
    task) seconds=$task_seconds && log p 0.0 ;;
    *) seconds=$operation_seconds ;;
  esac
  deadline=$(($(date +%s) + seconds))
  is_waking=
  if [ "$1" = operation ]; then
    document=$(head -c "$event_bytes")
    case $document in *'"operation":"wake"'*) is_waking=yes ;; esac
  fi

  if ! find_inbox || ! store r1; then
    refuse "$not_written"
    return
  fi
  if needs_daemon "$stored"; then
    find_node || { withdraw "$no_node" && return; }
    claim starting "$start_seconds" && start_daemon
  fi
  # The request itself is counted, too.
  set -- "$1" "$inbox"/r1-*
  if [ $# -gt $((waiting_requests + 1)) ]; then
    withdraw "PlexSync has too many requests waiting to take this one. $if_it_stays"
    return
  fi

  answer=$inbox/outbox/${stored##*/r1-}.json
  if wait_for_answer; then
    cat "$answer" || refuse 'PlexSync answered, but Stash may not read its answer. Run both as users of one group.'
    rm -f "$answer"
    [ "$1" != task ] || log p 1.0
  elif [ "$1" = task ]; then
    # It stays: all tasks may as well be done later.
    printf '{"output":{"state":"accepted","message":"PlexSync did not answer yet; this is done as soon as it can."}}\n'
  else
    withdraw "PlexSync did not answer within $seconds s. Try again in half a minute. $if_it_stays"
  fi
}

# What the daemon left for Stash's log; mv lets one of many say it.
say_notice() {
  [ -n "$inbox" ] && [ -f "$inbox/notice" ] && mv "$inbox/notice" "$inbox/.notice-$$" || return
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      e?*) log e "${line#?}" ;;
      w?*) log w "${line#?}" ;;
      ??*) log i "${line#?}" ;;
    esac
  done <"$inbox/.notice-$$"
  rm -f "$inbox/.notice-$$"
}

case ${1-operation} in
  task | operation)
    relay "${1-operation}"
    [ -z "$inbox" ] || rm -f "$inbox/.now-$$"
    ;;
  *) keep_event ;;
esac
say_notice
