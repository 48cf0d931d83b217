import { limits, places } from "./places.ts";

/**
 * What every step can use. Standard output of a step goes to the log; file descriptor 3 is the caller's output, which
 * gets one line per step (Cloud Assistant keeps 24 KB). It is closed for the steps, or a daemon that a command leaves
 * behind would hold the caller's pipe open for ever. The same goes for the lock on 9.
 *
 * A step runs in a subshell of its own with -e set anew: called in an if or before ||, sh would ignore -e inside it.
 */
export const begin = `
now() { read -r up _ </proc/uptime; echo "\${up%%.*}"; }
utc() { date -u +%Y-%m-%dT%H:%M:%SZ; }
die() { printf '%s\\n' "$*" | tee "$run/message"; exit 1; }
retry() { # tries, seconds before the second (doubled each time), command
  tries=$1 pause=$2
  shift 2
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    echo "$1 failed, again in $pause s"
    sleep "$pause"
    pause=$((pause * 2))
  done
}
with_systemd() { [ -d /run/systemd/system ]; }
differs() { # key, files: they are not as they were when applied last
  key=$1
  shift
  sum=$(cat "$@" 2>/dev/null | sha256sum)
  [ "$sum" != "$(cat "$state/applied/$key" 2>/dev/null)" ]
}
applied() { printf '%s\\n' "$sum" >"$state/applied/$key"; }
say() { # to the log and to the caller, who may have gone
  line="$(utc) $*"
  printf '%s\\n' "$line"
  (trap '' PIPE; printf '%s\\n' "$line" >&3) 2>/dev/null || true
}
step() { # name, function, arguments
  name=$1
  shift
  began=$(now)
  echo "$name $began" >"$run/step"
  rm -f "$run/message"
  say "$name ..."
  set +e
  (set -e; "$@") 3>&-
  status=$?
  set -e
  seconds=$(($(now) - began))
  if [ "$status" = 0 ]; then result=ok; else result=failed; fi
  echo "$name $seconds $result" >>"$run/steps"
  say "$name $result, $seconds s"
  [ "$result" = ok ] || exit 1
}
`;

/**
 * The outer part: takes the lock, runs the steps as a process of their own under the time limit, and writes the marker
 * whatever became of them. \`timeout\` gives them a process group, so that nothing they started outlives the limit.
 */
export const finish = `
if [ "\${1-}" = steps ]; then
  steps
  exit
fi
json() { tr '\\n\\t' '  ' | LC_ALL=C tr -cd '\\040-\\176' | cut -c1-500 | sed 's/[\\\\"]/\\\\&/g; s/ *$//'; }
version() { # name, command that prints it
  key=$1
  shift
  value=$(timeout 20 "$@" 2>/dev/null | head -n 1 | json) || value=
  [ -z "$value" ] || printf '%s"%s":"%s"' "$comma" "$key" "$value"
  [ -z "$value" ] || comma=,
}
marker() { # ok or failed
  printf '{"schema":1,"settings":"%s","result":"%s"' "$settings" "$1"
  [ "$1" = ok ] || printf ',"failedStep":"%s","message":"%s"' "$failed" "$(json <"$run/message")"
  printf ',"startedAt":"%s","finishedAt":"%s","steps":[' "$started" "$(utc)"
  comma=
  while read -r name seconds result; do
    printf '%s{"name":"%s","seconds":%s,"result":"%s"}' "$comma" "$name" "$seconds" "$result"
    comma=,
  done <"$run/steps"
  printf '],"versions":{'
  comma=
  version os sh -c '. /etc/os-release; echo "$ID $VERSION_ID"'
  version kernel uname -r
  version python ${places.venv}/bin/python -c 'import platform; print(platform.python_version())'
  version pip ${places.venv}/bin/python -c 'import pip; print(pip.__version__)'
  version docker docker version --format '{{.Server.Version}}'
  printf '}}\\n'
}
is_full() { # not every tool says so: less than 1000 KiB where we write
  tail -c "+$size" "$log" | tail -n 60 | grep -qi 'no space left on device' ||
    df -k --output=avail / ${places.venv} "$state" "$log" 2>/dev/null | grep -qx ' *[0-9]\\{1,3\\}'
}
exec 9>"$run.lock"
flock -w ${limits.lock} 9 || {
  echo "another bootstrap is running on this host: wait until it ends, then run again"
  exit 75
}
rm -rf "$run"
mkdir -m 0700 "$run"
full="no space is left on a disk (df -h): make room or give the host a larger one, then run again"
# Room for the marker.
mkdir -p "$state/applied" "\${again%/*}"
head -c 65536 /dev/zero >"$state/room" || die "$full"
ln -sf ${places.script} "$again"
sync
first=$(now)
echo "start $first" >"$run/step"
: >"$run/steps"
touch "$log"
chmod 0600 "$log"
size=$(($(wc -c <"$log") + 1))
echo "$(utc) settings $settings" >>"$log"
started=$(utc)
status=0
timeout --kill-after=10 "$limit" /bin/sh "$0" steps 3>&1 >>"$log" 2>&1 </dev/null 9>&- &
child=$!
trap 'kill "$child" 2>/dev/null || true' HUP INT TERM
wait "$child" || status=$?
while kill -0 "$child" 2>/dev/null; do wait "$child" || status=$?; done
trap '' HUP INT TERM
if [ "$status" = 0 ]; then end=ok; else end=failed; fi
if [ "$end" = failed ]; then
  read -r failed began <"$run/step"
  grep -q " failed$" "$run/steps" || echo "$failed $(($(now) - began)) failed" >>"$run/steps"
  if [ $(($(now) - first)) -ge "$limit" ]; then
    echo "$failed was ended after $limit s, the limit for all steps: see $log, then run again" >"$run/message"
  elif [ "$status" -gt 128 ]; then
    echo "$failed was ended from outside: run again or reboot" >"$run/message"
    again=
  elif is_full; then echo "$failed: $full" >"$run/message"
  elif [ ! -s "$run/message" ]; then
    echo "$failed failed, its last line is: $(tail -n 2 "$log" | head -n 1). See $log, then run again" >"$run/message"
  fi
  cat "$run/message"
fi
rm -f "$state/room"
marker "$end" >"$state/bootstrap.json.new"
mv -f "$state/bootstrap.json.new" "$state/bootstrap.json"
[ -z "$again" ] || rm -f "$again"
[ "$end" = ok ]
`;
