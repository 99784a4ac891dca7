#!/usr/bin/env bash
# readme.sh DIRECTORY PAYWALL: both READMEs name every package that ./dev installs and the same
# options, and every option of the program but those that everybody knows.
set -euo pipefail
cd "$1"
paywall=$2
status=0

missing() { # missing README WHAT: names on standard input that it lacks
    local name
    while IFS= read -r name; do
        grep -qF -e "$name" "$1" || {
            echo "$1 lacks $2 $name"
            status=1
        }
    done
}

packages() {
    awk '/install_packages .*\\$/ { on = 1 } on || /install_packages [a-z]/ { print } !/\\$/ { on = 0 }' dev |
        grep -v '()' | tr -s ' \\;' '\n' |
        grep -E '^([a-z][a-z0-9.+]*-[a-z0-9.+-]+|g\+\+|cmake|python3|strace|hugo|clang|shellcheck|gcovr)$' |
        grep -vxF php-batch
}

options_of() { # of the program, as a README names them
    grep -oE -e '--[a-z][a-z-]+' "$1" | sort -u | grep -xF -f <(all_options) || true
}

all_options() {
    local command
    for command in preview full build check convert inspect audit config; do
        "$paywall" "$command" --help
    done | grep -oE -e '^ +(-[a-zA-Z0-9],)?--[a-z][a-z-]+' | grep -oE -e '--[a-z-]+' | sort -u
}

# -q and -v are as everywhere; -0 and -o are named by their short forms.
help_options() { all_options | grep -vxE -e '--(help|version|quiet|verbose|null|output)'; }

[ "$(packages | wc -l)" -gt 20 ] || { echo 'the packages of ./dev are not understood'; exit 1; }
[ "$(help_options | wc -l)" -gt 40 ] || { echo 'the help of the program is not understood'; exit 1; }
for readme in README.md README.zh-CN.md; do
    missing "$readme" package < <(packages)
    missing "$readme" option < <(help_options)
done
diff <(options_of README.md) <(options_of README.zh-CN.md) || {
    echo 'README.md and README.zh-CN.md do not name the same options'
    status=1
}
exit "$status"
