#!/usr/bin/env python3
"""memory.py PAYWALL: an audit of large files finds what they hold, wherever it stands in them, and
takes at most twice the paid text in normal form and 64 MiB.
"""
import gzip
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile

paywall = os.path.abspath(sys.argv[1])
MIB = 1 << 20
SIZE = 24 * MIB
FILES = ("search.json", "feed.xml", "page.html", "wide.txt", "data.bin", "page.html.gz")
LEAKS_IN_FILE = 40
# Sanitizers keep what is freed and more than twice of what is not.
ALLOWED = float(os.environ.get("PAYWALL_MEMORY_FACTOR", "1"))


def sentence(number):
    """Sixty letters that no other number has."""
    chance = random.Random(number)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(chance.choices(letters, k=6)) for _ in range(10))


def write(path, data):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def made(index, around, hold):
    """Many pieces of free text with a paid one between them every now and then."""
    free = around("Nothing of this is paid: the boat leaves before the market opens. ").encode()
    pieces = SIZE // len(free)
    every = pieces // LEAKS_IN_FILE
    return b"".join(
        hold(sentence(index * LEAKS_IN_FILE + i // every)).encode() + free
        if i % every == 0 and i // every < LEAKS_IN_FILE
        else free
        for i in range(pieces)
    )


def file_bytes(index, name):
    if name == "search.json":
        body = made(index, lambda t: f'{{"t":"{t}"}},', lambda t: json.dumps({"t": t}) + ",")
        return b"[" + body + b"0]"
    if name == "feed.xml":
        item = "<item><description>&lt;p&gt;{}&lt;/p&gt;</description></item>\n".format
        return b'<?xml version="1.0"?>\n<rss><channel>' + made(index, item, item) + b"</channel></rss>"
    if name == "wide.txt":
        return "\ufeff".encode("utf-16-le") + made(index, str, str).decode().encode("utf-16-le")
    if name == "data.bin":
        return made(index, lambda t: t + "\0\x01", lambda t: t + "\0\x01")
    paragraph = "<p>{}</p>\n".format
    page = b"<!doctype html>\n<html><body>" + made(index, paragraph, paragraph) + b"</body></html>"
    return gzip.compress(page, 1) if name.endswith(".gz") else page


def run(*arguments):
    process = subprocess.Popen([paywall, "audit", *arguments], stdout=subprocess.PIPE)
    lines = [json.loads(line) for line in process.stdout]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return lines, process.returncode, usage.ru_maxrss * 1024


def found_in(lines, name):
    of_file = (line for line in lines if line.get("path") == "public/" + name)
    return [line for line in of_file if line.get("rule") == "paid-text"]


def make():
    for number in range(len(FILES) * LEAKS_IN_FILE):
        text = f"Free.\n\n##paidbegin##\n{sentence(number)}\n##paidend##\n"
        write(f"content/{number}.md", text.encode())
    for index, name in enumerate(FILES):
        write("public/" + name, file_bytes(index, name))


def main():
    # In a process of its own: the memory of whoever starts a program counts as that program's.
    maker = multiprocessing.Process(target=make)
    maker.start()
    maker.join()
    assert maker.exitcode == 0
    lines, status, memory = run("public", "--against", "content", "--format", "jsonl", "-q", "-j2")
    assert status == 1, status
    for index, name in enumerate(FILES):
        sources = {line["source"] for line in found_in(lines, name)}
        first = index * LEAKS_IN_FILE
        wanted = {f"content/{n}.md" for n in range(first, first + LEAKS_IN_FILE)}
        assert sources == wanted, (name, sorted(wanted - sources), sorted(sources - wanted))
    for name in ("page.html", "page.html.gz"):  # a leak a line, and one in every so many
        places = [line["line"] for line in found_in(lines, name)]
        steps = {b - a for a, b in zip(places, places[1:])}
        assert len(steps) == 1, (name, steps)
    paid = len(FILES) * LEAKS_IN_FILE * len(sentence(0).replace(" ", ""))
    allowed = (2 * paid + 64 * MIB) * ALLOWED
    print(f"{memory / MIB:.0f} MiB of {allowed / MIB:.0f} MiB for {len(FILES)} files of "
          f"{SIZE // MIB} MiB and {paid} characters of paid text")
    assert memory <= allowed


with tempfile.TemporaryDirectory() as place:
    os.chdir(place)
    main()
