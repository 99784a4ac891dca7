#!/usr/bin/env bash
# Sourced, with RECIPE PAYWALL PIPELINES.md as arguments: goes to a place of its own, with the sample
# articles, the program in the PATH and the recipe of that name in $recipe.
set -euo pipefail
sites=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(cd "$(dirname "$2")" && pwd)
# shellcheck disable=SC2034
recipe=$("$sites/recipe.sh" "$1" "$3")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
PATH=$program:$PATH
# shellcheck source=tests/sites/articles.sh
. "$sites/articles.sh"

# expect_leaks 'PATH LAYER'...: an audit of public/ finds each source there; SOURCE in a PATH stands
# for the source's name. The page may hold the text escaped once more: 'LAYER > html'.
expect_leaks() {
    local source place path layer status=0
    paywall audit public --against articles --format jsonl -q >findings.jsonl || status=$?
    [ "$status" = 1 ]
    for source in ferry spring; do
        for place in "$@"; do
            place=${place//SOURCE/$source}
            path=public/${place%% *}
            layer=${place#* }
            grep -F "\"path\":\"$path\"" findings.jsonl |
                grep -E "\"layer\":\"$layer( > html)?\"" |
                grep -qF "\"source\":\"articles/$source.md\"" || {
                echo "not found: $path, $layer, $source"
                cat findings.jsonl
                exit 1
            }
        done
    done
    echo "$(grep -c '"rule"' findings.jsonl) findings"
}
