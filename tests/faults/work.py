"""The runs that faults are tried on, each in a place of its own."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from typing import NamedTuple

import tree

TIMEOUT = 60  # seconds; a run takes a few hundredths of one
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    # A leak checker cannot trace a process that is traced already.
    "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1",
}


class Work(NamedTuple):
    """A command line, and what there is before it."""

    name: str
    arguments: list
    needs: tuple = ()  # options without which this work is not for this program
    sources: str = "all"  # or "sound": none of them is refused
    state: str = "forgotten"  # or "kept": the earlier run's state is there
    changed: bool = True  # or the sources are what they were at the earlier run


REPORT = "report.jsonl"
BUILD = ["build", "in", "--preview", "p", "--full", "f"]
WORKS = {
    work.name: work
    for work in (
        Work("preview", ["preview", "in", "-o", "p"]),
        Work("build", BUILD),
        Work("remove", BUILD + ["--on-refusal", "remove"]),
        Work("state", BUILD, needs=("--state",), state="kept"),
        Work("unchanged", BUILD, needs=("--state",), state="kept", changed=False),
        Work("delete", BUILD + ["--delete"], needs=("--delete",), state="kept"),
        Work(
            "assets",
            BUILD + ["--copy-assets", "--delete"],
            needs=("--copy-assets", "--delete"),
            state="kept",
        ),
        Work(
            "whole",
            BUILD + ["--all-or-nothing"],
            needs=("--all-or-nothing",),
            sources="sound",
            state="kept",
        ),
        Work(
            "whole-refused",
            BUILD + ["--all-or-nothing"],
            needs=("--all-or-nothing",),
            state="kept",
        ),
        Work(
            "report",
            BUILD + ["--delete", "--report", REPORT],
            needs=("--delete", "--report"),
            state="kept",
        ),
    )
}


class Ended(NamedTuple):
    """How a run ended: exit status, the negative signal that killed it, or None: it hung."""

    status: int
    error: str


def run(command, directory):
    try:
        ended = subprocess.run(
            command,
            cwd=directory,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return Ended(None, "")
    return Ended(ended.returncode, ended.stderr.decode("utf-8", "replace"))


def known_options(paywall):
    text = subprocess.run([paywall, "build", "--help"], capture_output=True, text=True).stdout
    return set(re.findall(r"--[a-z-]+", text))


def known_works(paywall):
    options = known_options(paywall)
    return [work for work in WORKS.values() if options.issuperset(work.needs)]


def scratch(name):
    """A new directory, in memory where there is some: thousands of trees are written."""
    shared = "/dev/shm"
    parent = shared if os.access(shared, os.W_OK) else None
    return tempfile.mkdtemp(prefix=f"paywall-{name}-", dir=parent)


class Place:
    """A directory in which a work can be done again and again, each time from the same start.

    The sources stay what they are, inodes included: a state that knows files by these is not
    led astray. They change by a rename of the whole tree.
    """

    def __init__(self, paywall, work, directory, jobs=1):
        self.command = [paywall, *work.arguments, "-j", str(jobs)]
        self.work = work
        self.directory = os.path.join(directory, "here")
        self.parked = os.path.join(directory, "parked")
        self.sources = os.path.join(self.directory, "in")
        select = tree.sound if work.sources == "sound" else dict
        self.now = select(tree.NOW if work.changed else tree.BEFORE)
        self.before = select(tree.BEFORE)
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(self.directory)
        tree.lay_out(self.before, self.sources)
        if work.changed:
            tree.lay_out(self.now, self.parked, twin=self.sources)
        os.makedirs(self.parked, exist_ok=True)
        self.current = self.sources
        self.prepare()
        self.untouched = tree.fingerprint(self.sources)

    def swap(self):
        if not self.work.changed:
            return
        aside = self.parked + "-aside"
        os.rename(self.sources, aside)
        os.rename(self.parked, self.sources)
        os.rename(aside, self.parked)

    def prepare(self):
        """Earlier outputs of earlier sources, then the sources of now."""
        tree.clear(self.directory, keep=("in",))
        if os.path.exists(os.path.join(self.sources, "new.md")):
            self.swap()
        ended = run(self.command, self.directory)
        assert ended.status == 0, ended
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(self.directory, REPORT))  # one that is there is of now
        if self.work.state == "forgotten":
            shutil.rmtree(os.path.join(self.directory, ".paywall"), ignore_errors=True)
            tree.clear(self.directory, keep=("in", "p", "f"))
        self.swap()

    def run(self, *before):
        """Runs the work; `before` is a program and arguments to run it under."""
        return run([*before, *self.command], self.directory)

    def outputs(self):
        """All that lies beside the sources; of a database, that it is there."""
        found = tree.snapshot(self.directory)
        return {
            path: "database" if path.startswith(".paywall/") else content
            for path, content in found.items()
            if path != "in" and not path.startswith("in/")
        }
