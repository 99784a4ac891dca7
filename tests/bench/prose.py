#!/usr/bin/env python3
"""Sources for benchmarks: Chinese prose with paid sections, the same on every machine.

prose.py tree DIRECTORY COUNT          articles of about 7.5 kB, 500 in a directory
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


def paragraphs(chance, size, count):
    """Paragraphs of about this many bytes, of an article's clauses in other orders."""
    with open(SAMPLE, encoding="utf-8") as file:
        text = re.sub(r"##\w+##", "", file.read())
    clauses = re.findall(r"[^，。；：\s“”]+", text)
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


def path_of(directory, number):
    return os.path.join(directory, f"{number // IN_DIRECTORY:04}", f"{number:06}.md")


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def write_tree(directory, count, seed=1, every=1):
    chance = random.Random(seed)
    pool = paragraphs(chance, 820, 500)
    for number in range(0, count, every):
        path = path_of(directory, number)
        if number % IN_DIRECTORY == 0:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, article(chance, pool))


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
    else:
        write_tree(path, int(count))


if __name__ == "__main__":
    main()
