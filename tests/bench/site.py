#!/usr/bin/env python3
"""A site for benchmarks: sources with paid sections, and pages built of their previews.

site.py DIRECTORY ARTICLES PAGES

Writes DIRECTORY/content (articles of about 4 kB, half of each paid; half of them English, half
Chinese; no sentence comes twice), DIRECTORY/public (pages as generators make them, with no paid
text) and DIRECTORY/sentences.txt (every paid sentence, one a line). The same on every machine.
"""

import html
import json
import os
import random
import sys
import urllib.parse

IN_DIRECTORY = 500
HAN = [chr(c) for c in range(0x4E00, 0x4E00 + 2500)]
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru".split()
DIGEST = "oqVuAfXRKap7fdgcCY5uykM6xR9GqQ8K4uxy9rttNlBWg4kR9jZcPvHbXyT2sLwE"
MENU = [f"/topics/{a}{b}/" for a in SYLLABLES[:12] for b in SYLLABLES[:5]]
STYLE = "".join(
    f".c{i}{{margin:{i}px auto;padding:0 {i % 7}rem;color:#{i * 4099 % 0xFFFFFF:06x}}}\n"
    for i in range(60)
)
SCRIPT = "".join(
    f'window.q{i}=function(e,t){{return e&&t<{i}?e.call(this,"{i}",t+1):null}};\n'
    for i in range(40)
)


class Writer:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.words = ["".join(self.chance.choices(SYLLABLES, k=k % 3 + 2)) for k in range(6000)]

    def sentence(self, chinese):
        if chinese:
            signs = self.chance.choices(HAN, k=self.chance.randint(18, 40))
            signs.insert(len(signs) // 2, "，")
            return "".join(signs) + "。"
        words = self.chance.choices(self.words, k=self.chance.randint(9, 22))
        return " ".join(words).capitalize() + ". "

    def paragraph(self, chinese, size):
        sentences = []
        while sum(len(s.encode()) for s in sentences) < size:
            sentences.append(self.sentence(chinese))
        return sentences


def page(writer, title, free, chinese):
    """Built HTML: head, menus, the article with some markup in it, related posts, scripts."""
    text = ["".join(p) for p in free]
    first = html.escape(text[0][:150])
    data = json.dumps({"@type": "Article", "headline": title, "articleBody": text[0]})
    body = []
    for i, paragraph in enumerate(text):
        paragraph = paragraph.replace(" ba", ' & "ba"', 1)
        middle = len(paragraph) // 2
        body.append(
            f'<p class="c{i}">{html.escape(paragraph[:middle])}<a href="/a/{i}.html" '
            f'rel="noopener">{html.escape(paragraph[middle:middle + 12])}</a>'
            f"{html.escape(paragraph[middle + 12:])}</p>\n"
        )
    menu = "".join(f'<li class="menu-item"><a href="{m}">{m[8:-1]}</a></li>\n' for m in MENU)
    related = "".join(
        f'<article class="card"><a href="/p/{i}/"><img src="/img/{i}-640x360.webp" alt="" '
        f'loading="lazy" srcset="/img/{i}.webp?w=320&amp;q=75 320w, /img/{i}.webp?w=640&amp;q=75 640w">'
        f"<h3>{html.escape(writer.sentence(chinese))}</h3></a></article>\n"
        for i in range(12)
    )
    return (
        f'<!doctype html>\n<html lang="{"zh" if chinese else "en"}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="description" content="{first}">\n'
        f'<meta property="og:description" content="{first}">\n<style>{STYLE}</style>\n'
        f'<script type="application/ld+json">{data}</script>\n</head>\n<body>\n'
        f"<nav><ul>{menu}</ul></nav>\n<main>\n<h1>{title}</h1>\n{''.join(body)}</main>\n"
        f'<a href="https://share.example/?u={urllib.parse.quote("https://example.org/" + title)}'
        f'&amp;text={urllib.parse.quote(text[0][:80])}">Share</a>\n'
        f"<aside>{related}</aside>\n<script>{SCRIPT}</script>\n"
        f'<script src="/js/app.{DIGEST[:20]}.js" integrity="sha384-{DIGEST}" defer></script>\n'
        f"</body>\n</html>\n"
    )


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    directory, articles, pages = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    writer = Writer(1)
    sentences = []
    for number in range(max(articles, pages)):
        chinese = number % 2 == 1
        free = [writer.paragraph(chinese, 650) for _ in range(3)]
        name = f"{number // IN_DIRECTORY:04}/{number:06}"
        if number < articles:
            paid = [writer.paragraph(chinese, 650) for _ in range(3)]
            parts = [f"# Article {number}\n"]
            parts += ["".join(p).rstrip() + "\n" for p in free] + ["##paidbegin##"]
            parts += ["".join(p).rstrip() + "\n" for p in paid] + ["##paidend##\n"]
            write(f"{directory}/content/{name}.md", "\n".join(parts))
            sentences += [s.strip() for p in paid for s in p]
        if number < pages:
            more = [writer.paragraph(chinese, 900) for _ in range(6)]
            text = page(writer, f"Article {number}", free + more, chinese)
            write(f"{directory}/public/{name}.html", text)
    write(f"{directory}/sentences.txt", "\n".join(sentences) + "\n")


if __name__ == "__main__":
    main()
