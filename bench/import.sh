#!/usr/bin/env bash
# How fast cases are imported, beside what sqlite3's own .import does with the same rows, tables and indexes, in one run.
# usage: bench/import.sh [--rows N] [--build FOLDER] [--rounds N]
# prints: import rows=… linli_s=… sqlite_s=… linli_rows_per_s=… ratio=…   (the best of the rounds of each)
#
# The import reads a CSV of its own making, finds each row's area among 400 polygons, its category and its number of the day, and writes
# case, steps and keys with synchronous=FULL; .import gets exactly the rows that came of it, as CSV, into empty tables with the same indexes.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

rows=200000 build=build rounds=3
while [ $# -gt 0 ]; do
  case $1 in
    --rows) rows=$2; shift 2 ;;
    --build) build=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
linli=$build/linli
work=$(mktemp -d "${TMPDIR:-/tmp}/linli-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT

# 20 × 20 squares of a hundredth of a degree, and rows spread over them.
awk 'BEGIN {
  printf "{\"type\":\"FeatureCollection\",\"features\":["
  for (i = 0; i < 400; i++) {
    x = 121 + (i % 20) / 100; y = 31 + int(i / 20) / 100
    printf "%s{\"type\":\"Feature\",\"properties\":{\"name\":\"Square %d\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f]]]}}", \
      (i ? "," : ""), i, x, y, x + .01, y, x + .01, y + .01, x, y + .01, x, y
  }
  print "]}"
}' >"$work/areas.geojson"
# Two and a half minutes apart, as another system writes them out: in order of time.
awk -v n="$rows" 'BEGIN {
  srand(7); print "id,created,kind,description,address,lat,lon,state"
  for (i = 1; i <= n; i++)
    printf "R%d,%s,路灯,\"第 %d 号路灯不亮, 已经有两天了, 晚上走路看不清, 请尽快派人来修\",示范路 %d 号,%.6f,%.6f,%s\n", i, \
      strftime("%Y-%m-%d %H:%M:%S", 1500000000 + i * 150, 1), i, i % 900, 31 + rand() * .2, 121 + rand() * .2, (i % 3 ? "done" : "new")
}' >"$work/source.csv"
cat >"$work/mapping.json" <<'JSON'
{ "name": "bench", "source": "bench", "title_zh": "测速", "title_en": "Bench", "id": "id", "text": ["description"], "category": ["kind"],
  "categories": [{ "words": "路灯", "pack": "cn-city-objects", "kind": "matter", "code": "01037" }],
  "status": "state", "states": [{ "word": "done", "state": "closed" }, { "word": "new", "state": "reported" }],
  "created": ["created"], "time_formats": ["%Y-%m-%d %H:%M:%S"], "zone": "Asia/Shanghai", "lon": "lon", "lat": "lat", "address": ["address"] }
JSON

seconds() { # runs the command and prints how long it took
  local begin end
  begin=$(date +%s%N)
  "$@" >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err" >&2; return 1; }
  end=$(date +%s%N)
  awk -v a="$begin" -v b="$end" 'BEGIN { printf "%.3f\n", (b - a) / 1e9 }'
}
least() { sort -n | head -1; }

"$linli" init --data "$work/empty" --name Bench >/dev/null
"$linli" import areas "$work/areas.geojson" --data "$work/empty" --kind street --name-property name >/dev/null
for ((i = 0; i < rounds; i++)); do
  rm -rf "$work/data"
  cp -r "$work/empty" "$work/data"
  seconds "$linli" import cases "$work/source.csv" --data "$work/data" --mapping "$work/mapping.json" --log-level error >>"$work/ours"
done

db=$work/data/linli.db
[ "$(sqlite3 "$db" 'SELECT count(*) FROM cases')" = "$rows" ] || { echo "not every row was imported" >&2; exit 1; }
# .import knows no NULL: an empty field stands for it, in the columns as in the partial indexes.
sqlite3 "$db" '.schema cases' '.schema case_event' | sed 's/STRICT, WITHOUT ROWID/WITHOUT ROWID/; s/) STRICT;/);/; s/ IS NOT NULL;/ <> '"''"';/' >"$work/schema.sql"
for table in cases case_event; do sqlite3 -csv "$db" "SELECT * FROM $table" >"$work/$table.csv"; done
for ((i = 0; i < rounds; i++)); do
  rm -f "$work"/plain.db*
  sqlite3 "$work/plain.db" 'PRAGMA journal_mode = WAL' >/dev/null
  sqlite3 "$work/plain.db" <"$work/schema.sql"
  seconds sqlite3 -csv "$work/plain.db" 'PRAGMA synchronous = FULL' ".import $work/cases.csv cases" ".import $work/case_event.csv case_event" >>"$work/theirs"
done
ours=$(least <"$work/ours") theirs=$(least <"$work/theirs")
awk -v n="$rows" -v a="$ours" -v b="$theirs" \
  'BEGIN { printf "import rows=%d linli_s=%.2f sqlite_s=%.2f linli_rows_per_s=%.0f ratio=%.2f\n", n, a, b, n / a, b / a }'
