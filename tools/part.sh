# Read by each script of tools/parts. $1 is the file that takes "passed failed skipped".
set -euo pipefail
count=$1
part=${0##*/}
out=${count%/*}
tap=${count%.count}.tap
broken=0
# What is freed stays out of use until 16 MB of it have come together, not 256: journeys that move districts take a quarter less processor time.
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:abort_on_error=0:quarantine_size_mb=16
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1

# On a system whose node is too old, the one that tools/web fetched.
if [ -x tools/node/node_modules/.bin/node ]; then export PATH="$PWD/tools/node/node_modules/.bin:$PATH"; fi

# Adds to what this part has counted.
tally() {
  local p=0 f=0 s=0
  if [ -f "$count" ]; then read -r p f s <"$count"; fi
  echo "$((p + $1)) $((f + $2)) $((s + ${3:-0}))" >"$count"
}

# From TAP: the closing lines when the runner prints them, else the lines themselves.
tally_tap() {
  # shellcheck disable=SC2046
  tally $(awk '
    /^# pass [0-9]+/ { pass = $3; closed = 1 } /^# fail [0-9]+/ { fail += $3 } /^# cancelled [0-9]+/ { fail += $3 }
    /^# (skipped|todo) [0-9]+/ { skip += $3 }
    /^ok / { if (/# SKIP/) s++; else p++ } /^not ok / { f++ }
    END { if (closed) print pass + 0, fail + 0, skip + 0; else print p + 0, f + 0, s + 0 }' "$1")
}

tee_tap() { tee "$tap"; tally_tap "$tap"; }

# The tests of a build folder. A cmocka program closes with how many passed and failed; any other program counts as one.
meson_tests() {
  local folder=$1
  shift
  meson test -C "$folder" --no-rebuild --num-processes 2 --print-errorlogs "$@" || broken=1
  grep -aE '^\[  (PASSED|FAILED)  \] [0-9]+ test' "$folder/meson-logs/testlog.txt" || true
  # shellcheck disable=SC2046
  tally $(node -e '
    const sum = { PASSED: 0, FAILED: 0, SKIPPED: 0 }, whole = { OK: "PASSED", SKIP: "SKIPPED" }
    for (const line of require("fs").readFileSync(process.argv[1], "utf8").split("\n").filter(Boolean)) {
      const test = JSON.parse(line), closing = [...`${test.stdout}\n${test.stderr}`.matchAll(/\[\s+(PASSED|FAILED|SKIPPED)\s+\] (\d+) test/g)]
      for (const [, how, n] of closing) sum[how] += Number(n)
      if (!closing.length || (test.result !== "OK" && !closing.some(([, how]) => how === "FAILED"))) sum[whole[test.result] ?? "FAILED"]++
    }
    console.log(sum.PASSED, sum.FAILED, sum.SKIPPED)' "$folder/meson-logs/testlog.json")
  exit $broken
}

# A PostgreSQL for this part alone, gone at its end together with the folder $1. Where none is installed the part ends here and counts as skipped.
with_postgres() {
  local rc=0
  ready=$1 cluster=$(mktemp -d)
  trap 'tools/postgres stop "$cluster"; rm -rf "$ready"' EXIT
  LINLI_TEST_DB=$(tools/postgres start "$cluster") || rc=$?
  if [ $rc = 77 ]; then tally 0 0 1; exit 0; fi
  if [ $rc != 0 ]; then echo "PostgreSQL did not start"; exit 1; fi
  export LINLI_TEST_DB
}

# For journeys against the server of build-check: passwords that are cheap to judge, and a district with its people, made once and copied by each file.
ready_for_journeys() {
  export LINLI_CHEAP_PASSWORDS=1
  node tests/api/support/make_loop.mjs "$1"
  export LINLI_TEST_LOOP=$1
}

# Journeys, by node's own test runner: its flags, then files.
node_files() {
  node --test --test-reporter=spec --test-reporter-destination=stdout \
       --test-reporter=tap --test-reporter-destination="$tap" "$@" || broken=1
  tally_tap "$tap"
}

# Journeys of a folder: $1 files at a time, for a file waits more than it computes; then, alone, one that compares times. $3 and on: names to leave out.
node_journeys() {
  local at_once=$1 alone=$2 file together=()
  shift 2
  tools/clients
  for file in "${alone%/*}"/*.test.mjs; do
    if [ "$file" != "$alone" ] && [[ " $* " != *" $(basename "$file" .test.mjs) "* ]]; then together+=("$file"); fi
  done
  node_files --test-concurrency="$at_once" "${together[@]}"
  if [[ " $* " != *" $(basename "$alone" .test.mjs) "* ]]; then node_files "$alone"; fi
  exit $broken
}

# All of a folder.
node_tests() {
  local files
  files=("$1"/*.test.mjs)
  if [ ! -e "${files[0]}" ]; then echo "there is no test in $1"; exit 1; fi
  node_files "${files[@]}"
  exit $broken
}
