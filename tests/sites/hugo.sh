#!/usr/bin/env bash
# hugo.sh PAYWALL PIPELINES.md: a site that Hugo makes of sources leaks in every way that Hugo can,
# and all is found at its place; the same site made of previews, as the recipe says, is clean.
# Exits with 77 where hugo is missing.
command -v hugo >/dev/null || {
    echo 'skipped: hugo is not installed'
    exit 77
}
# shellcheck source=tests/sites/site.sh
. "$(dirname "${BASH_SOURCE[0]}")/site.sh" hugo "$@"
cat >hugo.toml <<'TEXT'
baseURL = "https://example.org/"
title = "Sample"
contentDir = "content"
disableKinds = ["taxonomy", "term"]
[outputs]
home = ["HTML", "RSS", "JSON"]
page = ["HTML", "Plain"]
[outputFormats.Plain]
mediaType = "text/plain"
baseName = "index"
isPlainText = true
[markup.goldmark.renderer]
unsafe = true
TEXT
mkdir -p layouts/_default
cat >layouts/_default/single.html <<'TEXT'
<!doctype html>
<html><head><title>{{ .Title }}</title>
<meta name="description" content="{{ .Plain | truncate 300 }}">
<meta property="og:description" content="{{ .Summary | plainify }}">
<script type="application/ld+json">{{ dict "@type" "Article" "articleBody" .Plain | jsonify | safeJS }}</script>
<script>window.__STATE__ = {{ dict "html" .Content | jsonify }};</script>
</head><body><article>{{ .Content }}</article>
<aside data-related='{{ range .Site.RegularPages }}{{ .Plain }}{{ end }}'></aside>
</body></html>
TEXT
cat >layouts/_default/single.plain.txt <<'TEXT'
{{ .RawContent }}
TEXT
cat >layouts/_default/list.html <<'TEXT'
<html><body>{{ range .Site.RegularPages }}<p>{{ .Plain | truncate 400 }}</p>{{ end }}</body></html>
TEXT
cat >layouts/_default/rss.xml <<'TEXT'
{{ printf "<?xml version=\"1.0\" encoding=\"utf-8\"?>" | safeHTML }}
<rss version="2.0"><channel><title>Sample</title>{{ range .Site.RegularPages }}
<item><title>{{ .Title }}</title><description>{{ .Content | html }}</description></item>{{ end }}
</channel></rss>
TEXT
cat >layouts/_default/list.json <<'TEXT'
[{{ range $i, $p := .Site.RegularPages }}{{ if $i }},{{ end }}{{ dict "title" .Title "content" .Plain | jsonify }}{{ end }}]
TEXT

echo '--- made of sources'
mkdir content
sed '/^##paid/d' articles/ferry.md >content/ferry.md
sed '/^##paid/d' articles/spring.md >content/spring.md
hugo --quiet
gzip -k public/index.json
expect_leaks "SOURCE/index.html html > meta content" "SOURCE/index.html html > script" \
    "SOURCE/index.html html" "SOURCE/index.txt text" "index.html html" \
    "SOURCE/index.html html > aside data-related" "index.xml rss > description > html" \
    "index.json json > content" "index.json.gz gzip > index.json > json > content"

echo '--- made of previews'
rm -rf content public
eval "set -e
$recipe"
echo clean
