#!/usr/bin/env bash
# ci.sh PAYWALL PIPELINES.md: the recipe for CI passes, passes again with its own baseline, and
# stops a release in which a marker was deleted.
# shellcheck source=tests/sites/site.sh
. "$(dirname "${BASH_SOURCE[0]}")/site.sh" ci "$@"
# shellcheck disable=SC2016
printf '#!/bin/sh\nmkdir -p "$2"\ncat "$1"/*.md >"$2/all.html"\n' >make-site
chmod +x make-site
: >gated.jsonl
: >known.jsonl
bash -ec "$recipe"
[ "$(wc -l <gated.jsonl)" = 2 ]
bash -ec "$recipe"
sed -i '/^##paid/d' articles/spring.md
status=0
bash -ec "$recipe" 2>said.txt || status=$?
cat said.txt
[ "$status" = 1 ]
grep -qF 'articles/spring.md:1:1: error:' said.txt
grep -qF '[gate-removed]' said.txt
