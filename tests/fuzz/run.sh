#!/usr/bin/env bash
# run.sh BUILD SECONDS [TARGET...]: the fuzz targets of a build one after the other, all or those
# named, the seconds shared evenly. The corpus stays in BUILD/corpus, inputs that broke a promise in BUILD/crashes.
set -euo pipefail
build=$1
seconds=$2
shift 2
layers=(html js json css percent mail base64 charset normal archive brotli pdf sqlite image)
targets=(parse render markup explore "${layers[@]}")
[ $# -eq 0 ] || targets=("$@")
[[ $seconds =~ ^[0-9]+$ && $seconds -ge ${#targets[@]} ]] || {
    echo "fuzz: SECONDS is a whole number from ${#targets[@]}, one a target, not '$seconds'" >&2
    exit 2
}
here=tests/fuzz
mkdir -p "$build/crashes"
rm -rf "$build/seeds"
"$build/tests/fuzz/fuzz_seeds" "$build/seeds" parser/FORMAT.md samples
"$build/tests/fuzz/layer_seeds" "$build/seeds/layers"

status=0
for target in "${targets[@]}"; do
    mkdir -p "$build/corpus/$target"
    log=$build/$target.log
    printf 'fuzz: %s for %d s (log: %s)\n' "$target" $((seconds / ${#targets[@]})) "$log"
    if "$build/tests/fuzz/${target}_fuzz" "$build/corpus/$target" "$here/corpus" "$build/seeds" \
        -dict="$here/fastadmin.dict" -artifact_prefix="$build/crashes/$target-" \
        -max_total_time=$((seconds / ${#targets[@]})) -max_len=16384 -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 >"$log" 2>&1; then
        grep -E 'DONE|number_of_executed_units' "$log" || true
    else
        status=1
        grep -E 'broken promise|ERROR|runtime error|Test unit written' "$log" || tail -n 20 "$log"
    fi
done

if [ "$status" != 0 ]; then
    cat >&2 <<TEXT
fuzz: a promise was broken; the input is in $build/crashes. To see it again:
    $build/tests/fuzz/TARGET_fuzz $build/crashes/FILE
once understood, keep it as a test: cp it to $here/corpus
TEXT
fi
exit "$status"
