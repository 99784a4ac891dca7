#!/usr/bin/env bash
# documentation.sh PAYWALL ARTICLES [I/N]: in the documentation of this machine, or a shard of it, at
# most one file in ten thousand is a false alarm; what is planted beside it is found.
set -euo pipefail
program=$1
articles=$2
shard=${3:-1/1}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trees=()
for tree in /usr/share/doc /usr/share/man /usr/share/perl /usr/share/info /usr/lib/python3 /usr/include; do
    [ ! -d "$tree" ] || trees+=("$tree")
done

mkdir "$place/planted"
sed 's/##paid[a-z]*##//g' "$articles/spring-tea.txt" >"$place/planted/all.txt"
for i in $(seq 400); do ln "$place/planted/all.txt" "$place/planted/$i.txt"; done
status=0
"$program" audit "${trees[@]}" "$place/planted" --against "$articles" --shard "$shard" \
    --format jsonl -q >"$place/findings.jsonl" || status=$?
[ "$status" = 1 ]
grep -qF "\"path\":\"$place/planted/" "$place/findings.jsonl"
alarms=$(grep '"rule"' "$place/findings.jsonl" | grep -cvF "\"path\":\"$place/planted/") || true
files=$(sed -n 's/.*"summary":"total","files":\([0-9]*\).*/\1/p' "$place/findings.jsonl")
echo "$alarms false alarms in $files files"
grep '"rule"' "$place/findings.jsonl" | grep -vF "\"path\":\"$place/planted/" | head || true
[ $((alarms * 10000)) -le "$files" ]
