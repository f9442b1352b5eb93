#!/bin/sh
# Keeps what Stash tells of a change, and starts the daemon when none is alive.
#
#   sh hook.sh hook     with one JSON document on stdin
#
# Stash waits for it, once per scene of a bulk edit, and kills it when the browser leaves (stash reference
# §2.4, §2.5). So: three programs at most (mktemp, head, mv), nothing on stdout, and exit code 0 whatever
# happens. Written for dash and busybox ash.
#
# The inbox, a folder that the daemon empties:
#   v1-*       one event each: at most 64 KiB of stdin, written under a name with a dot, then renamed
#   overflow   more events came than are kept: the daemon is to compare everything, then removes it
#   alive      its time lies in the future as long as a daemon lives
#   external   a daemon elsewhere empties this inbox: never start one
#   starting/  when a daemon was last started;  no-node/  when the missing Node was last reported
#
# PLEXSYNC_INBOX_DIR names the inbox, PLEXSYNC_NODE the Node to start the daemon with. The daemon gets
# PLEXSYNC_INBOX_DIR and PLEXSYNC_STORED_EVENT: the event that made it start (how to reach Stash stands
# there), empty when that was not kept.

trap 'exit 0' EXIT
umask 077
# What mktemp or mv have to say would be an error in Stash's log; `warn` says it once and in our words.
exec 3>&2 2>/dev/null

event_bytes=65536
waiting_events=10000
start_seconds=30
warning_seconds=3600

case $0 in
  */*) here=${0%/*} ;;
  *) here=. ;;
esac

# Stash's log protocol (stash reference §2.3).
warn() {
  printf '\001w\002%s\n' "$1" >&3
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
  # A time far ahead was left before the clock was set back.
  age=$((now - claimed))
  [ "$age" -ge "$2" ] || [ "$age" -le "-$2" ] || return 1
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

# Sets `inbox`; the slow way reads `document` for it, once in the life of a plugin folder. A path without a
# newline was cut while it was written.
find_inbox() {
  inbox=${PLEXSYNC_INBOX_DIR-}
  [ -z "$inbox" ] || return 0
  if [ -f "$here/inbox-path" ] && IFS= read -r inbox <"$here/inbox-path" && [ -d "$inbox" ]; then return 0; fi
  document=$(head -c "$event_bytes")
  read_stash_folder || return 1
  inbox=$folder/plexsync/inbox
  [ -d "$inbox" ] || mkdir -p "$inbox" || return 1
  [ ! -w "$here" ] || printf '%s\n' "$inbox" >"$here/inbox-path"
}

event_text() {
  if [ -n "${document+read}" ]; then printf '%s' "$document"; else head -c "$event_bytes"; fi
}

# Sets `stored`. The process id is part of the name because musl's mktemp picks among 10^9 names only, and
# mv would replace an event that still waits under the same one.
store_event() {
  stored=
  written=$(mktemp "$inbox/.new-$$-XXXXXX") || return 1
  if event_text >"$written" && mv "$written" "$inbox/v1-${written##*/.new-}"; then
    stored=$inbox/v1-${written##*/.new-}
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

# A file that is gone was taken by a daemon, which therefore lives.
is_daemon_alive() {
  [ "$inbox/alive" -nt "$1" ] || [ ! -e "$1" ]
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
# last process that holds it has ended (stash reference §2.4).
start_daemon() {
  export PLEXSYNC_INBOX_DIR="$inbox" PLEXSYNC_STORED_EVENT="$stored"
  if command -v setsid >/dev/null; then
    setsid "$node" "$here/daemon.cjs" </dev/null >/dev/null 2>&1 3>&- &
  else
    (trap '' HUP && exec "$node" "$here/daemon.cjs" </dev/null >/dev/null 2>&1 3>&-) &
  fi
}

main() {
  if ! find_inbox; then
    warn 'PlexSync found no folder to keep this change in; it will be found by looking at Stash later.'
    return
  fi

  stored=
  if [ ! -e "$inbox/overflow" ] && store_event && ! is_full; then
    newest=$stored
  elif true >"$inbox/overflow"; then
    # Left anew each time, so that one just removed by the daemon does not take this change with it.
    newest=$inbox/overflow
  else
    warn "PlexSync could not write to $inbox; this change will be found by looking at Stash later."
    return
  fi

  if [ -e "$inbox/external" ] || is_daemon_alive "$newest" || [ ! -f "$here/daemon.cjs" ]; then return; fi
  claim starting "$start_seconds" || return
  if find_node; then
    start_daemon
  elif claim no-node "$warning_seconds"; then
    warn "PlexSync keeps changes but cannot sync them: no Node.js 22.13 or newer found. Install it, write its path to $here/node-path, or run the PlexSync service beside Stash."
  fi
}

main
