#!/usr/bin/env bash
# recipe.sh NAME PIPELINES.md: the shell commands of a recipe, as the page has them.
set -euo pipefail
awk -v wanted="<!-- recipe: $1 -->" '
    $0 == wanted { found = 1; next }
    found && /^```sh$/ { inside = 1; next }
    inside && /^```$/ { exit }
    inside { print }' "$2" | grep .
