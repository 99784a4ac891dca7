#!/usr/bin/env bash
# eleventy.sh PAYWALL PIPELINES.md: what hugo.sh shows, with Eleventy; installed by npm for the test
# only. Exits with 77 where it cannot be installed.
# shellcheck source=tests/sites/site.sh
. "$(dirname "${BASH_SOURCE[0]}")/site.sh" eleventy "$@"
if ! command -v npm >/dev/null || ! { npm init -y && timeout 240 npm install @11ty/eleventy@3; } >npm.log 2>&1; then
    echo 'skipped: Eleventy cannot be installed'
    exit 77
fi

mkdir -p content/_includes
for article in articles/*.md; do sed -i '2i layout: page.njk\ntags: post' "$article"; done
sed -i '/^tags: \[/d' articles/*.md
cat >content/_includes/page.njk <<'TEXT'
<!doctype html>
<html><head><title>{{ title }}</title>
<meta name="description" content="{{ content | striptags | truncate(300) }}">
<script type="application/ld+json">{"articleBody": {{ content | striptags | dump | safe }}}</script>
<script>window.__DATA__ = {{ { html: content } | dump | safe }};</script>
</head><body>{{ content | safe }}</body></html>
TEXT
cat >content/feed.njk <<'TEXT'
---
permalink: feed.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<feed>{% for post in collections.post %}<entry><content type="html">{{ post.templateContent }}</content></entry>{% endfor %}</feed>
TEXT
cat >content/search.njk <<'TEXT'
---
permalink: search.json
eleventyExcludeFromCollections: true
---
[{% for post in collections.post %}{{ { title: post.data.title, text: post.templateContent | striptags } | dump | safe }}{% if not loop.last %},{% endif %}{% endfor %}]
TEXT
cat >content/letter.njk <<'TEXT'
---
permalink: letter.eml
eleventyExcludeFromCollections: true
---
From: news@example.org
Subject: News
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{% for post in collections.post %}{{ post.templateContent | striptags | safe }}
{% endfor %}
TEXT

echo '--- made of sources'
for article in articles/*.md; do sed '/^##paid/d' "$article" >"content/${article##*/}"; done
npx eleventy --input=content --output=public --quiet
cp content/ferry.md content/spring.md public/
(cd public && python3 -c 'import sys, zipfile
with zipfile.ZipFile("book.epub", "w", zipfile.ZIP_DEFLATED) as book:
    for name in sys.argv[1:]: book.write(name)' ferry/index.html spring/index.html)
expect_leaks "SOURCE/index.html html > meta content" "SOURCE/index.html html > script" \
    "SOURCE/index.html html" "SOURCE.md markdown" "feed.xml atom > content" \
    "search.json json > text" "letter.eml mail" "book.epub zip > SOURCE/index.html > html"

echo '--- made of previews'
rm -rf public
bash -ec "$recipe"
echo clean
