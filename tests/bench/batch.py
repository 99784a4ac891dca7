#!/usr/bin/env python3
"""The program against cp -r, against the origin's rule in PHP, and against itself.

batch.py PAYWALL BARE_LOOP BUILD [--quick]

All times are wall times, medians of interleaved rounds: a slow minute falls on all. Trees are
removed and the disk's queue is emptied in between, unmeasured. Figures are ratios, as a machine's
own speed is not this program's; BUILD/batch-history.jsonl keeps them.
"""

import sys

sys.dont_write_bytecode = True

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from typing import NamedTuple, Optional

HERE = os.path.dirname(os.path.abspath(__file__))
PROSE = [sys.executable, "-B", os.path.join(HERE, "prose.py")]
ORIGIN = ["php", os.path.join(HERE, "origin.php")]
SYNCED_COPY = ["sh", "-c", "cp -r in out && sync -f out"]
MIB = 1 << 20


class Sizes(NamedTuple):
    files: int
    kinds: int  # files of HTML, and of text
    few: int
    many: int
    large: int  # bytes
    rounds: int
    disk_rounds: int


WHOLE = Sizes(50_000, 20_000, 1_000, 100_000, 1 << 30, 5, 3)
QUICK = Sizes(2_000, 1_000, 500, 4_000, 64 << 20, 3, 1)


class Figure(NamedTuple):
    name: str
    value: float
    unit: str
    least: Optional[float] = None  # targets
    most: Optional[float] = None

    @property
    def target(self):
        if self.most is not None and self.least is not None:
            return f"{self.least:g} to {self.most:g}"
        if self.most is not None:
            return f"<= {self.most:g}"
        return f">= {self.least:g}" if self.least is not None else ""

    @property
    def verdict(self):
        if self.least is None and self.most is None:
            return ""
        low = self.least is not None and self.value < self.least
        high = self.most is not None and self.value > self.most
        return "MISSED" if low or high else "ok"


def removed(*paths):
    for path in paths:
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.unlink(path)


def timed(command, directory, check=True):
    """Seconds, of those the processors', and the most memory in bytes (at least that of this
    interpreter)."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if check and process.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}\n{error.decode()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


class Times:
    """Seconds of every round, by the name of what was done."""

    def __init__(self):
        self.seconds = {}
        self.busy = {}
        self.memory = {}

    def add(self, name, command, directory):
        seconds, busy, memory = timed(command, directory)
        self.seconds.setdefault(name, []).append(seconds)
        self.busy.setdefault(name, []).append(busy)
        self.memory[name] = max(memory, self.memory.get(name, 0))

    def __contains__(self, name):
        return name in self.seconds

    def median(self, name):
        return statistics.median(self.seconds[name])

    def ratio(self, name, other):
        """The median of the rounds' ratios: what both suffered in a round cancels out."""
        return self.ratio_of(self.seconds, name, other)

    def busy_ratio(self, name, other):
        """The same of the processors' time, which a loaded machine changes less."""
        return self.ratio_of(self.busy, name, other)

    @staticmethod
    def ratio_of(times, name, other):
        return statistics.median(one / two for one, two in zip(times[name], times[other]))


class Bench:
    def __init__(self, options, sizes):
        self.paywall = os.path.abspath(options.paywall)
        self.bare_loop = os.path.abspath(options.bare_loop)
        self.sizes = sizes
        help_text = subprocess.run([self.paywall, "build", "--help"], capture_output=True).stdout
        self.keeps_state = b"--state" in help_text

    def preview(self, source, target):
        return [self.paywall, "preview", source, "-o", target, "-q"]

    def to_output(self, source):
        """To standard output, which is a file like that of cp."""
        return ["sh", "-c", '"$0" preview "$1" -q >out', self.paywall, source]

    def build(self):
        return [self.paywall, "build", "in", "--preview", "p", "--full", "f", "-q"]

    # --- many files ---------------------------------------------------------------------------

    def measure_tree(self, directory, rounds, disk):
        subprocess.run([*PROSE, "tree", "in", str(self.sizes.files)], cwd=directory, check=True)
        times = Times()
        for round in range(rounds):
            self.once(times, directory, "cp -r", ["cp", "-r", "in", "out"], disk)
            self.once(times, directory, "bare loop", [self.bare_loop, "in", "out"], disk)
            self.once(times, directory, "preview", self.preview("in", "out"), disk)
            if disk:
                self.once(times, directory, "cp -r, synced", SYNCED_COPY, disk)
            else:
                self.once(times, directory, "PHP", [*ORIGIN, "in", "out"], disk)
            self.measure_builds(times, directory, round, disk)
        return times

    def once(self, times, directory, name, command, disk):
        if disk:
            os.sync()
        times.add(name, command, directory)
        removed(os.path.join(directory, "out"))

    def measure_builds(self, times, directory, round, disk):
        """The first run, one with nothing to do, and one with 1 % to do."""
        if disk:
            os.sync()
        times.add("build", self.build(), directory)
        if self.keeps_state:
            times.add("again", self.build(), directory)
            change = [*PROSE, "change", "in", str(self.sizes.files), str(round + 2)]
            subprocess.run(change, cwd=directory, check=True)
            time.sleep(0.1)  # a file written to just now is waited for, which is not the question
            times.add("1 % changed", self.build(), directory)
        removed(*(os.path.join(directory, name) for name in ("p", "f", ".paywall")))

    def tree_figures(self, where, times):
        name = f"{self.sizes.files} files, {where}: "
        loop = times.ratio("bare loop", "cp -r")
        yield Figure(name + "bare loop / cp -r", loop, "x")
        yield Figure(name + "preview / cp -r", times.ratio("preview", "cp -r"), "x", most=0.65)
        yield Figure(name + "build / cp -r", times.ratio("build", "cp -r"), "x", most=1.1)
        for work in ("preview", "build"):
            busy = times.busy_ratio(work, "cp -r")
            yield Figure(name + work + " / cp -r, processors", busy, "x")
        if "cp -r, synced" in times:  # what the program promises, and cp does not
            synced = times.ratio("preview", "cp -r, synced")
            yield Figure(name + "preview / cp -r, synced", synced, "x")
        if "PHP" in times:
            yield Figure(name + "PHP / preview", times.ratio("PHP", "preview"), "x", least=6)
        if self.keeps_state:
            again, some = times.ratio("again", "build"), times.ratio("1 % changed", "build")
            yield Figure(name + "nothing changed / first", again, "x", most=0.30)
            yield Figure(name + "1 % changed / first", some, "x", most=0.35)

    # --- what sources are ---------------------------------------------------------------------

    def measure_html(self, directory):
        subprocess.run([*PROSE, "html", "in", str(self.sizes.kinds)], cwd=directory, check=True)
        times = Times()
        for _ in range(self.sizes.rounds):
            self.once(times, directory, "cp -r", ["cp", "-r", "in", "out"], False)
            times.add("build", self.build(), directory)
            removed(*(os.path.join(directory, name) for name in ("p", "f", ".paywall")))
        return times

    def html_figures(self, times):
        name = f"{self.sizes.kinds} HTML files, tmpfs: build / cp -r"
        yield Figure(name, times.ratio("build", "cp -r"), "x", most=1.5)
        yield Figure(name + ", processors", times.busy_ratio("build", "cp -r"), "x")

    def measure_text(self, directory):
        """What is text by its name, and what is by word of command."""
        subprocess.run([*PROSE, "text", "in", str(self.sizes.kinds)], cwd=directory, check=True)
        told = [*self.preview("in", "out"), "--content", "text"]
        times = Times()
        for _ in range(self.sizes.rounds):
            self.once(times, directory, "by name", self.preview("in", "out"), False)
            self.once(times, directory, "told", told, False)
        return times

    def text_figures(self, times):
        name = f"{self.sizes.kinds} text files, tmpfs: by name / as told"
        yield Figure(name, times.busy_ratio("by name", "told"), "x", most=1.05)

    # --- one large file -----------------------------------------------------------------------

    def measure_large(self, directory):
        subprocess.run([*PROSE, "large", "in.md", str(self.sizes.large)], cwd=directory, check=True)
        times = Times()
        for _ in range(3):
            self.once(times, directory, "cp", ["cp", "in.md", "out"], False)
            self.once(times, directory, "preview", self.preview("in.md", "out"), False)
            self.once(times, directory, "to output", self.to_output("in.md"), False)
            self.once(times, directory, "PHP", [*ORIGIN, "in.md", "out"], False)
        return times

    def large_figures(self, times):
        name = f"one source of {self.sizes.large // MIB} MiB: "
        yield Figure(name + "preview / cp", times.ratio("preview", "cp"), "x", most=1.25)
        yield Figure(name + "to output / cp", times.ratio("to output", "cp"), "x", most=1.25)
        yield Figure(name + "PHP / preview", times.ratio("PHP", "preview"), "x", least=12)

    # --- how it grows -------------------------------------------------------------------------

    def measure_growth(self, directory):
        times = Times()
        sizes = (self.sizes.few, self.sizes.many)
        os.mkdir(os.path.join(directory, "in0"))
        for count in sizes:
            subprocess.run([*PROSE, "tree", f"in{count}", str(count)], cwd=directory, check=True)
        for _ in range(3):
            for count in sizes:
                # A short run is repeated, so that it is no worse known than a long one.
                for _ in range(5 if count == self.sizes.few else 1):
                    self.once(times, directory, 0, self.preview("in0", "out"), False)
                    self.once(times, directory, count, self.preview(f"in{count}", "out"), False)
        os.rename(os.path.join(directory, f"in{self.sizes.many}"), os.path.join(directory, "in"))
        self.once(times, directory, "memory", self.build(), False)
        return times

    def growth_figures(self, times):
        few, many = self.sizes.few, self.sizes.many
        start = times.median(0)  # of a run that has nothing to do: no file's cost
        growth = ((times.median(many) - start) / many) / ((times.median(few) - start) / few)
        yield Figure(f"cost per file, {many} files / {few}", growth, "x", least=0.8, most=1.2)
        whole = (times.median(many) / many) / (times.median(few) / few)
        yield Figure("the same with the program's start in it", whole, "x")
        yield Figure("a run without files", start * 1000, "ms")
        memory = times.memory["memory"] / MIB
        yield Figure(f"memory of build, {many} files", memory, "MiB", most=64)


def show_times(title, times):
    print(f"\n{title}")
    for name, seconds in times.seconds.items():
        spread = f"{min(seconds):.3f} to {max(seconds):.3f}"
        memory = times.memory[name] / MIB
        busy = statistics.median(times.busy[name])
        print(f"  {name!s:<14} {times.median(name):8.3f} s  ({spread}), ", end="")
        print(f"processors {busy:.3f} s, {memory:.0f} MiB")
    sys.stdout.flush()


def show_figures(figures):
    print(f"\n{'':56} {'measured':>10}   target")
    for figure in figures:
        measured = f"{figure.value:.2f} {figure.unit}"
        print(f"  {figure.name:<54} {measured:>10}   {figure.target:<12} {figure.verdict}")


def keep_figures(figures, build, name):
    path = os.path.join(build, f"{name}-figures.tsv")
    with open(path, "w", encoding="utf-8") as file:
        for figure in figures:
            file.write(f"{figure.name}\t{figure.value:.4f}\t{figure.unit}\n")
    history = os.path.join(build, f"{name}-history.jsonl")
    sys.stdout.flush()
    subprocess.run(["bash", os.path.join(HERE, "history.sh"), path, history], check=True)


def in_directory(parent, measure):
    directory = tempfile.mkdtemp(prefix="paywall-bench-", dir=parent)
    try:
        return measure(directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paywall", help="the program")
    parser.add_argument("bare_loop", help="the yardstick")
    parser.add_argument("build", help="where the history is kept, on a disk")
    parser.add_argument("--quick", action="store_true", help="a small version; no history")
    options = parser.parse_args()
    sizes = QUICK if options.quick else WHOLE
    os.makedirs(options.build, exist_ok=True)
    bench = Bench(options, sizes)
    memory = "/dev/shm"
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    if not bench.keeps_state:
        print("the program keeps no state: second runs are not measured")

    figures = []
    tree = in_directory(memory, lambda at: bench.measure_tree(at, sizes.rounds, disk=False))
    show_times(f"{sizes.files} files in memory", tree)
    figures += bench.tree_figures("tmpfs", tree)
    disk = in_directory(
        options.build, lambda at: bench.measure_tree(at, sizes.disk_rounds, disk=True)
    )
    show_times(f"{sizes.files} files on disk", disk)
    figures += bench.tree_figures("disk", disk)
    html = in_directory(memory, bench.measure_html)
    show_times(f"{sizes.kinds} HTML files in memory", html)
    figures += bench.html_figures(html)
    text = in_directory(memory, bench.measure_text)
    show_times(f"{sizes.kinds} text files in memory", text)
    figures += bench.text_figures(text)
    large = in_directory(memory, bench.measure_large)
    show_times(f"one source of {sizes.large // MIB} MiB in memory", large)
    figures += bench.large_figures(large)
    growth = in_directory(memory, bench.measure_growth)
    show_times("previews of few and many files, and both editions of many", growth)
    figures += bench.growth_figures(growth)
    show_figures(figures)
    if not options.quick:
        keep_figures(figures, options.build, "batch")


if __name__ == "__main__":
    main()
