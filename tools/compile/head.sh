# What follows is the head of a self-extracting executable; tools/compile/pack.ts puts the settings before it:
#   program  the program's name, also that of its folder in the cache
#   id       the hash of the content; a folder of that name holds what was unpacked
#   files    "NAME=BYTES NAME=BYTES ...": what is unpacked; `deno` and `main.js` are among them
#   offset   the first byte of the content, a gzipped tar, counted from 1 in this file
#   flags    how deno runs main.js
#
# It unpacks once, to the user's cache, and from then on only makes sure that all is there and replaces itself by the
# program. That check is on the way of every start, so it costs one small process and reads no file.
#
# What is started from the cache must not be another user's. So the folder has to belong to this one and be closed to
# all others, and is used by its real path, since symbolic links could be turned elsewhere between check and start.

# shellcheck shell=sh disable=SC2154
set -u
PATH=${PATH:+$PATH:}/usr/bin:/bin
me=''
lf='
'
names='' expected=0 total=0
for file in $files; do
  names="$names ${file%=*}" expected=$((expected + 1)) total=$((total + ${file#*=}))
done
refused=''

# Looks below folder $1 for what was unpacked. Sets `place` to its real path if that is safe to use, else to nothing;
# succeeds if it also holds every file, in its full length.
inspect() {
  place=''
  [ -n "$1" ] && [ -d "$1/$id" ] || return 1
  # shellcheck disable=SC2086 # names are words
  listing=$(
    unset TIME_STYLE QUOTING_STYLE BLOCK_SIZE LS_BLOCK_SIZE # GNU ls writes something else with these
    cd -P -- "$1/$id" 2>/dev/null && { LC_ALL=C ls -ldn ../.. .. . $names /proc/self/. 2>/dev/null; pwd -P; }
  ) || return 1
  path=${listing##*"$lf"}
  # nine words a line: mode, links, owner, group, bytes, month, day, time, name
  case $listing in
    *" /proc/self/.$lf"*) # whose the process is
      own=${listing%%" /proc/self/."*}
      # shellcheck disable=SC2086
      set -- ${own##*"$lf"}
      me=$3 ;;
    *) me=$(id -u) ;;
  esac
  # shellcheck disable=SC2086
  set -- ${listing%"$lf"*}
  folders=0 found=0
  while [ $# -gt 8 ]; do
    case "$9 $1 $3" in
      "../.. d"???????w[!tT]*) ;; # anyone may put another folder in place of ours
      "../.. d"*" $me" | "../.. d"*" 0") folders=$((folders + 1)) ;;
      ".. drwx"?[!w]??[!w]*" $me" | ". drwx"?[!w]??[!w]*" $me") folders=$((folders + 1)) ;;
      *" -r-"[-x]"------"*" $me") case " $files " in *" $9=$5 "*) found=$((found + 1)) ;; esac ;;
    esac
    shift 9
  done
  [ $folders -eq 3 ] || return 1
  place=$path
  [ $found -eq $expected ]
}

# Becomes the program. Deno keeps the compiled code in DENO_DIR, and is told to look for nothing elsewhere.
start() {
  export DENO_DIR="$place" DENO_NO_UPDATE_CHECK=1 DENO_NO_PACKAGE_JSON=1
  # shellcheck disable=SC2086 # flags are words
  exec "$place/deno" run $flags "$place/main.js" "$@"
}

fail() {
  echo "$program: $1" >&2
  exit 4
}

refuse() {
  refused="$refused$lf  $1: $2"
  return 1
}

# Unpacks below folder $1. Each file is complete before it gets its name, so starts at the same time do no harm, and
# what a killed one left is removed by the next that unpacks there.
unpack() {
  [ -n "$1" ] || return 1
  said=$( (umask 077 && mkdir -p -- "$1/$id") 2>&1) || { refuse "$1" "${said##*: }"; return 1; }
  inspect "$1" && return 0
  [ -n "$place" ] || { refuse "$1" "another user made it, or could change it"; return 1; }
  remove_leftovers

  new=$place/unpacking.$(uname -n).$$
  said=$(umask 077; mkdir "$new" 2>&1) || { refuse "$place" "${said##*: }"; return 1; }
  trap 'rm -rf "$new"' EXIT
  for signal in HUP INT TERM; do
    # shellcheck disable=SC2064 # the signal's name is meant as it is now
    trap "rm -rf \"\$new\"; trap - EXIT $signal; kill -$signal \$\$" $signal
  done
  [ -t 2 ] && echo "$program: unpacking into $place, this once" >&2
  if ! unpack_into "$new"; then
    inspect "$1" && return 0 # another start was luckier
    explain "$place"
  fi
  # a folder may allow no programs (noexec), and a system may be another than this file is for
  if said=$("$new/deno" --version 2>&1 >/dev/null </dev/null); then
    for name in $names; do
      mv -f "$new/$name" "$place/$name"
    done
    inspect "$1" || refuse "$1" "what was unpacked there changed at once"
  else
    refuse "$place" "Deno does not start there: ${said##*: }"
  fi
  done=$?
  rm -rf "$new"
  trap - EXIT HUP INT TERM
  return $done
}

# Removes what was left in `place` by processes of this machine that are no more.
remove_leftovers() {
  for old in "$place/unpacking.$(uname -n)."*; do
    kill -0 "${old##*.}" 2>/dev/null || rm -rf "$old"
  done
}

# Unpacks into folder $1. What went wrong is in `said`.
unpack_into() {
  # tar's verdict is not enough: that of gzip, which has a checksum, is the file `whole`
  said=$({
    { tail -c "+$offset" -- "$0" 2>&3 | gzip -dc 2>&3 && : 2>/dev/null >"$1/whole"; } | (umask 077; tar -xomf - -C "$1" 2>&3)
  } 3>&1)
  [ -z "$said" ] && [ -f "$1/whole" ]
}

# Says why unpacking into folder $1 failed, and ends.
explain() {
  case $said in
    *" space left"* | *uota* | *"rote only"* | *"too large"*)
      advice="It needs $((total / 1000000 + 1)) MB there. Make room, or name another folder with XDG_CACHE_HOME." ;;
    *gzip:* | *nexpected*)
      advice="This file is damaged: get it anew, and compare its SHA-256 sum." ;;
    *)
      advice="Name another folder with XDG_CACHE_HOME." ;;
  esac
  said=${said%%"$lf"*}
  fail "could not unpack into $1: ${said:-tar failed}.$lf$advice"
}

# paths that are not absolute count as none
cache='' temporary=/tmp
case ${HOME:-} in /*) [ -d "$HOME" ] && cache=$HOME/.cache/$program ;; esac
case ${XDG_CACHE_HOME:-} in /*) cache=$XDG_CACHE_HOME/$program ;; esac
case ${TMPDIR:-} in /*) [ -d "$TMPDIR" ] && temporary=$TMPDIR ;; esac

inspect "$cache" && start "$@"
temporary=$temporary/$program-${me:=$(id -u)}
[ -L "$temporary" ] && temporary='' # somebody else's trick
inspect "$temporary" && start "$@"
unpack "$cache" && start "$@"
unpack "$temporary" && start "$@"
fail "found no folder to unpack into:$refused${lf}Name one of your own with XDG_CACHE_HOME."
