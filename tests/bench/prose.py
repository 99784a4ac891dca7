#!/usr/bin/env python3
"""Sources for benchmarks: Chinese prose with paid sections, the same on every machine.

prose.py tree DIRECTORY COUNT          articles of about 7.5 kB, 500 in a directory
prose.py html DIRECTORY COUNT          the same of HTML as a WYSIWYG editor leaves it
prose.py text DIRECTORY COUNT          the same of plain text
prose.py change DIRECTORY COUNT SEED   writes every hundredth of them anew
prose.py large FILE BYTES              one source, 7,670 bytes a section, 56 % of it free
"""

import os
import random
import re
import sys

SAMPLE = os.path.join(os.path.dirname(__file__), "../../samples/articles/spring-tea.txt")
IN_DIRECTORY = 500
EVERY = 100  # what 1 % is
BEGIN, END = b"##paidbegin##", b"##paidend##"
PARAGRAPH = (
    '<p style="text-indent: 2em; line-height: 1.75em;">'
    '<span style="font-size: 16px; font-family: SimSun;">'
)


def clauses_of_sample():
    with open(SAMPLE, encoding="utf-8") as file:
        text = re.sub(r"##\w+##", "", file.read())
    return re.findall(r"[^，。；：\s“”]+", text)


def paragraphs(chance, size, count):
    """Paragraphs of about this many bytes, of an article's clauses in other orders."""
    clauses = clauses_of_sample()
    found = []
    for _ in range(count):
        paragraph = b""
        while len(paragraph) < size:
            clause = chance.choice(clauses) + chance.choice("，，，。；")
            paragraph += clause.encode()
        found.append(paragraph + "。\n".encode())
    return found


def article(chance, pool):
    """A title, free paragraphs, a paid part, sometimes a free end."""
    parts = chance.choices(pool, k=chance.randint(6, 12))
    free = len(parts) * 56 // 100
    end = chance.choice((0, 1))
    paid = b"".join(parts[free - end : len(parts) - end])
    return b"".join([*parts[: free - end], BEGIN, paid, END, b"\n", *parts[len(parts) - end :]])


def html_block(chance, clauses):
    """As html_block() of buffers.cpp makes them."""
    kind = chance.randrange(8)
    if kind == 0:
        return f"<h2><strong>{chance.choice(clauses)}</strong></h2>\n"
    if kind == 1:
        image = f"/uploads/20240611/{chance.randrange(1 << 30)}.jpg"
        return (
            f'<p style="text-align:center"><img src="{image}" title="" alt="" width="640"/></p>\n'
            "<p><br/></p>\n"
        )
    if kind == 2:
        items = "".join(f"<li><p>{chance.choice(clauses)}</p></li>\n" for _ in range(4))
        return f'<ul class="list-paddingleft-2">\n{items}</ul>\n'
    text = "".join(chance.choice(clauses) + chance.choice("，，，。；") for _ in range(8))
    return f"{PARAGRAPH}{text}<strong>{chance.choice(clauses)}</strong>。&nbsp;</span></p>\n"


def html_article(chance, blocks):
    """Free blocks, a paid part between paragraphs of its markers, a free end."""
    parts, size = [], 0
    for limit, behind in ((4500, "<p>##paidbegin##</p>\n"), (6700, "<p>##paidend##</p>\n")):
        while size < limit:
            parts.append(chance.choice(blocks))
            size += len(parts[-1].encode())
        parts.append(behind)
    return "".join([*parts, chance.choice(blocks)]).encode()


def path_of(directory, number, extension):
    return os.path.join(directory, f"{number // IN_DIRECTORY:04}", f"{number:06}.{extension}")


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def write_tree(directory, count, seed=1, every=1, extension="md"):
    chance = random.Random(seed)
    if extension == "html":
        clauses = clauses_of_sample()
        pool, make = [html_block(chance, clauses) for _ in range(2000)], html_article
    else:
        pool, make = paragraphs(chance, 820, 500), article
    for number in range(0, count, every):
        path = path_of(directory, number, extension)
        if number % IN_DIRECTORY == 0:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, make(chance, pool))


def write_large(path, size):
    chance = random.Random(1)
    free, paid = paragraphs(chance, 4290, 100), paragraphs(chance, 3330, 100)
    written = 0
    with open(path, "wb") as file:
        while written < size:
            written += file.write(
                b"".join([chance.choice(free), BEGIN, chance.choice(paid), END, b"\n"])
            )


def main():
    what, path, count, *seed = sys.argv[1:]
    if what == "large":
        write_large(path, int(count))
    elif what == "change":
        write_tree(path, int(count), seed=int(seed[0]), every=EVERY)
    elif what in ("html", "text"):
        write_tree(path, int(count), extension={"html": "html", "text": "txt"}[what])
    else:
        write_tree(path, int(count))


if __name__ == "__main__":
    main()
