#!/usr/bin/env bash
# history.sh FIGURES HISTORY: shows what changed by more than 10 % since the last run kept in
# HISTORY (one JSON object a line), then adds the figures (name, value, unit by tabs) to it. Names
# hold no quotation marks and no backslashes.
set -euo pipefail
figures=$1
history=$2
date=$(date -u +%Y-%m-%dT%H:%M:%SZ)
commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || commit+=+
touch "$history"

awk -F '\t' '
    FILENAME == ARGV[1] {
        name = $0; sub(/.*"figure":"/, "", name); sub(/","value":.*/, "", name)
        value = $0; sub(/.*"value":/, "", value); sub(/,"unit".*/, "", value)
        commit = $0; sub(/.*"commit":"/, "", commit); sub(/".*/, "", commit)
        last[name] = value; at[name] = commit; known = 1
        next
    }
    ($1 in last) && last[$1] > 0 {
        change = ($2 / last[$1] - 1) * 100
        if (change > 10 || change < -10) {
            if (!shown++) print "\nchanged by more than 10 % since the last run"
            printf "  %-44s %8.3f to %8.3f %-5s %+.0f %% (%s)\n", $1, last[$1], $2, $3, change, at[$1]
        }
    }
    END { if (known && !shown) print "\nnothing changed by more than 10 % since the last run" }
' "$history" "$figures"

awk -F '\t' -v date="$date" -v commit="$commit" '{
    printf "{\"date\":\"%s\",\"commit\":\"%s\",\"figure\":\"%s\",\"value\":%s,\"unit\":\"%s\"}\n",
        date, commit, $1, $2, $3
}' "$figures" >>"$history"
