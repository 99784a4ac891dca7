#!/usr/bin/env bash
# mirror.sh PAYWALL PIPELINES.md: the recipe for a CMS export and a mirror finds what the mirror
# leaks, and nothing in one that leaks nothing.
# shellcheck source=tests/sites/site.sh
. "$(dirname "${BASH_SOURCE[0]}")/site.sh" mirror "$@"
mv articles export
paywall preview export -o mirror -q
bash -ec "$recipe"
sed '/^##paid/d' export/ferry.md | base64 >mirror/cache.txt
status=0
bash -ec "$recipe" || status=$?
[ "$status" = 1 ]
grep '"path":"mirror/cache.txt"' findings.jsonl | grep -q '"layer":"text > base64'
