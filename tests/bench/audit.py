#!/usr/bin/env python3
"""The audit of a built site against grep, and what it costs a core.

audit.py PAYWALL BUILD [--quick]

Times are those of the processors, medians of interleaved rounds, with one job. What reading the
sources takes is measured by an audit of nothing. BUILD/audit-history.jsonl keeps the figures.
"""

import sys

sys.dont_write_bytecode = True

import argparse
import os
import statistics
import subprocess
from batch import HERE, MIB, Figure, Times, in_directory, keep_figures, show_figures, show_times

SITE = [sys.executable, "-B", os.path.join(HERE, "site.py")]
WHOLE = (10_000, 10_000, 3)  # articles, pages, rounds
QUICK = (1_000, 1_000, 3)
COPIES = 3  # of the pages: the more, the less the sources weigh in the difference


def bytes_below(directory):
    places = ((at, name) for at, _, names in os.walk(directory) for name in names)
    return sum(os.path.getsize(os.path.join(at, name)) for at, name in places)


def grep_paid(directory):
    """Exits with 1 where it finds nothing, which is right here."""
    return ["sh", "-c", f"LC_ALL=C grep -rFf sentences.txt {directory} && exit 2 || [ $? = 1 ]"]


def measure(paywall, sizes, directory):
    articles, pages, rounds = sizes
    subprocess.run([*SITE, ".", str(articles), str(pages)], cwd=directory, check=True)
    os.mkdir(os.path.join(directory, "nothing"))
    os.mkdir(os.path.join(directory, "copies"))
    for copy in range(COPIES):
        subprocess.run(["cp", "-rl", "public", f"copies/{copy}"], cwd=directory, check=True)
    times = Times()
    for _ in range(rounds):
        for name, published in (("sources", "nothing"), ("audit", "public"), ("copies", "copies")):
            command = [paywall, "audit", published, "--against", "content", "-j1", "-q"]
            times.add(name, command, directory)
        times.add("grep", grep_paid("public"), directory)
    return times, bytes_below(os.path.join(directory, "copies"))


def figures(times, searched, articles):
    name = f"{articles} articles: "
    busy = {what: statistics.median(seconds) for what, seconds in times.busy.items()}
    rate = searched / 1e6 / (busy["copies"] - busy["sources"])
    yield Figure(name + "built HTML searched a core and second", rate, "MB/s", least=150)
    ratios = (grep / audit for grep, audit in zip(times.busy["grep"], times.busy["audit"]))
    yield Figure(name + "grep -rFf / audit, sources and all", statistics.median(ratios), "x", least=3)
    yield Figure(name + "memory of the audit", times.memory["copies"] / MIB, "MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paywall", help="the program")
    parser.add_argument("build", help="where the history is kept, on a disk")
    parser.add_argument("--quick", action="store_true", help="a small version; no history")
    options = parser.parse_args()
    sizes = QUICK if options.quick else WHOLE
    os.makedirs(options.build, exist_ok=True)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    paywall = os.path.abspath(options.paywall)
    times, searched = in_directory("/dev/shm", lambda at: measure(paywall, sizes, at))
    show_times(f"{searched // MIB} MiB of pages in {COPIES} copies, in memory", times)
    found = list(figures(times, searched, sizes[0]))
    show_figures(found)
    if not options.quick:
        keep_figures(found, options.build, "audit")


if __name__ == "__main__":
    main()
