#!/usr/bin/env python3
"""report_schema.py PAYWALL SCHEMA: every kind of line that --report writes is of its schema.

Also shows that the schema is no rubber stamp: lines that are wrong in one place are refused.
Exits with 77 where python3-jsonschema is missing.
"""
import json
import os
import subprocess

from schema import PAYWALL, VALIDATOR, refuse_wrong, run_in_directory


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)


def run(*options):
    """The lines of the report of one run in the current directory."""
    command = [PAYWALL, "build", "in", "--preview", "p", "--full", "f", "--report", "r.jsonl"]
    done = subprocess.run(command + list(options), stderr=subprocess.PIPE, check=False)
    with open("r.jsonl", encoding="utf-8") as report:
        lines = [json.loads(line) for line in report]
    for line in lines:
        VALIDATOR.validate(line)
    assert lines[-1]["totals"]["status"] == done.returncode, lines[-1]
    counted = {}
    for line in lines[:-1]:
        counted[line["verdict"]] = counted.get(line["verdict"], 0) + 1
    for verdict in ("written", "unchanged", "refused", "failed", "removed", "skipped"):
        assert lines[-1]["totals"][verdict] == counted.get(verdict, 0), verdict
    return lines


READERS = ("--dialect", "pmpro", "--member", "m", "--plan", "gold=g")


def run_for_readers():
    """Trees for members and for payers of a plan: their outputs stand in the same lines."""
    write("in/gold.md", b'All.\n[membership level="gold"]\nGold.\n[/membership]\n')
    lines = run(*READERS)
    gold = next(line for line in lines if line.get("path") == "in/gold.md")
    told = [(output["edition"], output["path"], output["change"]) for output in gold["outputs"]]
    assert told == [("preview", "p/gold.md", "written"), ("full", "f/gold.md", "written"),
                    ("member", "m/gold.md", "written"), ("plan", "g/gold.md", "written")], told
    assert gold["outputs"][3]["plan"] == "gold", gold
    os.remove("g/gold.md")
    again = run(*READERS)
    gold = next(line for line in again if line.get("path") == "in/gold.md")
    changes = [output["change"] for output in gold["outputs"]]
    assert (gold["verdict"], changes) == ("written", ["unchanged"] * 3 + ["written"]), gold
    refuse_wrong(gold, ({"outputs": [{**gold["outputs"][3], "edition": "full"}]},
                        {"outputs": [{**gold["outputs"][2], "edition": "plan"}]}), ())
    lines += again + run("--all-or-nothing", *READERS)
    os.remove("in/gold.md")
    lines += run("--delete", *READERS)
    gone = next(line for line in lines if line.get("verdict") == "removed")
    assert [output["change"] for output in gone["outputs"]] == ["removed"] * 4, gone
    return lines


def main():
    write("in/sound.md", b"free ##paidbegin##paid ![](picture.png)##paidend##\n")
    write("in/warned.md", b"a ##paidbegin##b$$paidend$$\n")
    write("in/empty.md", b"")
    write("in/old.md", b"free\n")
    write("in/picture.png", b"\x89PNG")
    write(b"in/\xff.md", b"free\n")
    seen = run("--copy-assets")
    write("in/faulty.md", b"## paidbegin ## x ##paidend##\n##paidend##\n")
    os.mkfifo("in/pipe.md")
    os.remove("in/old.md")
    seen += run("--copy-assets") + run("--delete", "--excerpt", "20") + run("--all-or-nothing") + run("--dry-run")
    verdicts = {line["verdict"] for line in seen if "verdict" in line}
    assert verdicts == {"written", "unchanged", "refused", "failed", "removed", "skipped"}, verdicts
    changes = {output["change"] for line in seen for output in line.get("outputs", [])}
    assert changes == {"written", "unchanged", "removed", "kept"}, changes
    assert any(line.get("diagnostics") for line in seen)
    assert any(d["fix"] for line in seen for d in line.get("diagnostics", []))

    assert any(line.get("excerpt") == "free" for line in seen)
    assert any(line.get("paid_assets") == ["picture.png"] for line in seen)
    assert any(line.get("numbers") for line in seen)

    seen += run_for_readers()

    sound = next(line for line in seen if line.get("path") == "in/sound.md")
    refuse_wrong(
        sound,
        ({"verdict": "fine"}, {"bytes": -1}, {"paid_share": 2}, {"outputs": [{}]},
         {"path_base64": "eA=="}, {"more": 1}, {"error": "x"},
         {"numbers": {}}, {"paid_assets": None}, {"excerpt": None}),
        ("path", "verdict", "outputs", "numbers", "paid_assets", "diagnostics"),
    )
    print(f"{len(seen)} lines are of the schema")


run_in_directory(main)
