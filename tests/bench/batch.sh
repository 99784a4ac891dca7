#!/usr/bin/env bash
# batch.sh PAYWALL BUILD: the previews of a tree against a copy of the tree with cp -r.
set -euo pipefail
export LC_ALL=C
paywall=$1
work=$2/batch
rounds=5
copies=400

rm -rf "$work"
mkdir -p "$work/tree"
for ((i = 0; i < copies; ++i)); do
    cp -r samples/articles "$work/tree/$i"
done
files=$(find "$work/tree" -type f | wc -l)
size=$(du -sk --apparent-size "$work/tree" | cut -f1)

clock() { # milliseconds of a command
    local start=$EPOCHREALTIME
    "$@" >/dev/null 2>&1 || { echo "failed: $*" >&2; return 1; }
    local end=$EPOCHREALTIME
    echo $(((${end/./} - ${start/./}) / 1000))
}
median() { sort -n | sed -n "$(((rounds + 1) / 2))p"; }

copied=()
cut=()
both=()
for ((round = 0; round < rounds; ++round)); do # interleaved: a slow minute falls on all
    rm -rf "$work"/{copy,preview,full}
    copied+=("$(clock cp -r "$work/tree" "$work/copy")")
    cut+=("$(clock "$paywall" preview "$work/tree" -o "$work/preview")")
    rm -rf "$work/preview"
    both+=("$(clock "$paywall" build "$work/tree" --preview "$work/preview" --full "$work/full")")
done

printf '%d files, %d KiB; median of %d rounds\n' "$files" "$size" "$rounds"
printf '  %-18s %6d ms\n' 'cp -r' "$(printf '%s\n' "${copied[@]}" | median)" \
    'paywall preview' "$(printf '%s\n' "${cut[@]}" | median)" \
    'paywall build' "$(printf '%s\n' "${both[@]}" | median)"
rm -rf "$work"
