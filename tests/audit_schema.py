#!/usr/bin/env python3
"""audit_schema.py PAYWALL SCHEMA: every kind of line that audit --format jsonl writes is of its
schema, and none holds what is paid. Exits with 77 where python3-jsonschema is missing.
"""
import json
import os
import shutil
import subprocess
import sys
import zipfile

from schema import PAYWALL, VALIDATOR, refuse_wrong, run_in_directory

PAID = "Captain Lin's timetable, as he gave it to us on the quay that morning, is the only one"


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def main():
    write("content/a.md", f"free ##paidbegin##{PAID} ![x](secret.png)##paidend##\n")
    write("content/short.md", "free ##paidbegin##short##paidend##\n")
    write("content/copy.md", PAID)
    write("content/faulty.md", "##paidbegin##x\n")
    write("content/less.md", "much that is free ##paidbegin##little##paidend##\n")
    write("content/other.mdx", "no source\n")
    write("gated.jsonl", "".join(
        f'{{"path":"content/{name}.md","sections":{sections},"paid":{paid},"all":20}}\n'
        for name, sections, paid in (("gone", 1, 9), ("less", 1, 20), ("short", 2, 5))))
    write("known.jsonl", '{"rule":"paid-text","path":"nothing","reason":"x"}\n')
    write("public/a.html", f"<p>{PAID}</p>")
    write("public/residue.html", "<p>##paidbegin##</p>")
    write("public/secret.png", "x")
    with open(b"public/\xff.txt", "w", encoding="utf-8") as out:
        out.write(PAID)
    with zipfile.ZipFile("public/a.zip", "w") as archive:
        archive.writestr("b.txt", PAID)
    with open("public/cut.zip", "wb") as out, open("public/a.zip", "rb") as whole:
        out.write(whole.read()[:60])
    with open("public/data.bin", "wb") as out:
        out.write(bytes(range(256)) * 4)
    os.symlink("/", "public/link")
    shutil.copy("public/a.zip", "public/deep.zip")
    for _ in range(14):
        with zipfile.ZipFile("deeper.zip", "w") as archive:
            archive.write("public/deep.zip")
        os.replace("deeper.zip", "public/deep.zip")
    with open("public/a.zip", "rb") as whole:
        locked = bytearray(whole.read())
    locked[6] |= 1  # general purpose flag, bit 0: encrypted
    locked[locked.rindex(b"PK\1\2") + 8] |= 1
    with open("public/locked.zip", "wb") as out:
        out.write(locked)
    done = subprocess.run([PAYWALL, "audit", "public", "--against", "content", "--format", "jsonl",
                           "--baseline", "gated.jsonl", "--known", "known.jsonl", "-q"],
                          stdout=subprocess.PIPE, check=False)
    assert done.returncode == 1, done.returncode
    text = done.stdout.decode()
    assert "timetable" not in text.lower() and "quay" not in text
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        VALIDATOR.validate(line)
    rules = {line["rule"] for line in lines if "rule" in line}
    assert rules == {"paid-text", "paid-elsewhere-free", "paid-asset", "marker-residue",
                     "source-not-audited", "search-limit", "gate-removed", "section-removed",
                     "paid-share-fell"}, rules
    summaries = {line["summary"] for line in lines if "summary" in line}
    assert summaries == {"not-covered", "not-understood", "known-unused", "total"}, summaries
    whats = {line["what"] for line in lines if "what" in line}
    assert whats == {"data", "damaged", "encrypted", "no regular file"}, whats
    assert lines[-1]["skipped"] == 1, lines[-1]
    found = sum("rule" in line for line in lines)
    assert lines[-1]["findings"] == found, (lines[-1], found)
    finding = next(line for line in lines if line.get("rule") == "paid-text")
    refuse_wrong(finding, ({"rule": "fine"}, {"line": 0}, {"more": 1}, {"summary": "total"}), finding)
    with open(sys.argv[2], encoding="utf-8") as schema:
        known = json.load(schema)["$defs"]
    assert rules == set(known["finding"]["properties"]["rule"]["enum"]), rules
    assert whats == set(known["not_understood"]["properties"]["what"]["enum"]), whats
    print(f"{len(lines)} lines are of the schema")


run_in_directory(main)
