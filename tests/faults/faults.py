#!/usr/bin/env python3
"""Lets every system call of a run fail, one at a time, and looks at what is left.

faults.py PAYWALL                      every call at every index with every error, and SIGKILL
faults.py PAYWALL --sample N --seed S  N of them, also with two jobs
faults.py PAYWALL --only WORK/JOBS/INJECTION   one, as a failure names it
"""

import sys

sys.dont_write_bytecode = True  # the sources' tree stays as it is

import argparse
import collections
import multiprocessing
import os
import random
import shutil
import signal
import time
from typing import NamedTuple

import injections
import tree
import verdict
import work

SKIPPED = 77  # ctest's word for it


class Case(NamedTuple):
    work: str
    jobs: int
    injection: injections.Injection

    def __str__(self):
        return f"{self.work}/{self.jobs}/{self.injection}"


def parse_case(text):
    name, jobs, injection = text.split("/")
    return Case(name, int(jobs), injections.parse(injection))


class Bench:
    """A place for one work and number of jobs, and what a run without faults makes there."""

    def __init__(self, paywall, name, jobs, directory):
        self.work = work.WORKS[name]
        self.place = work.Place(paywall, self.work, os.path.join(directory, f"{name}-{jobs}"), jobs)
        self.old = self.place.outputs()
        ended = self.place.run()
        self.clean_status = ended.status
        self.new = self.place.outputs()
        self.check_reference(ended)

    def check_reference(self, ended):
        """A reference made by the program under test is worth nothing unless it is right."""
        refused = any(source.refused for source in self.place.now.values())
        assert ended.status == (1 if refused else 0), ended
        assert not verdict.secrets_in(self.new)
        if refused and "--all-or-nothing" in self.work.arguments:
            assert verdict.files(self.new) == verdict.files(self.old)
            return
        for path, source in self.place.now.items():
            if source.preview is not None:
                assert self.new["p/" + path] == source.preview, path
                assert self.new.get("f/" + path, source.full) == source.full, path
            elif path.endswith(".png") and "--copy-assets" in self.work.arguments:
                assert self.new["p/" + path] == self.new["f/" + path] == source.data, path
            else:
                assert "p/" + path not in self.new, path
        deleted = "--delete" in self.work.arguments and self.work.changed
        assert ("p/gone.md" in self.new) != deleted

    def judge(self, injection):
        """None if the fault never came about, else the promises it broke."""
        self.place.prepare()
        injected = injections.inject(self.place, injection)
        if not injected.hits and injected.ended.status is not None:
            return None
        found = verdict.after_fault(
            injection, injected, self.place.outputs(), self.old, self.new,
            self.clean_status, self.work, self.place.directory,
        )  # fmt: skip
        ended = self.place.run()
        found += verdict.after_next(ended, self.place.outputs(), self.new, self.clean_status)
        if tree.fingerprint(self.place.sources) != self.place.untouched:
            found.append("a source was touched")
        return found


class Runner:
    """What one process of the pool keeps from case to case."""

    benches = {}

    @classmethod
    def start(cls, paywall, directory):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        cls.paywall = paywall
        cls.directory = os.path.join(directory, str(os.getpid()))

    @classmethod
    def bench(cls, name, jobs):
        if (name, jobs) not in cls.benches:
            cls.benches[name, jobs] = Bench(cls.paywall, name, jobs, cls.directory)
        return cls.benches[name, jobs]

    @classmethod
    def judge(cls, case):
        return case, cls.bench(case.work, case.jobs).judge(case.injection)

    @classmethod
    def count_calls(cls, name, jobs):
        return injections.count_calls(cls.bench(name, jobs).place)


def find_cases(pool, works, jobs, left_alone):
    cases = []
    for name in works:
        calls, untried = pool.apply(Runner.count_calls, (name, jobs))
        found = injections.injections_at(calls, left_alone)
        cases += [Case(name, jobs, one) for one in found]
        shown = " ".join(f"{call} {len(indices)}" for call, indices in calls.items())
        print(f"{name} -j {jobs}: {len(found)} faults there are: {shown}", flush=True)
        if untried:
            print(f"  left alone: {' '.join(untried)}")
    return cases


def choose(pool, works, options):
    """The whole with one job, whose calls come in one order; some with two."""
    chance = random.Random(options.seed)
    cases = find_cases(pool, works, 1, options.leave)
    more = find_cases(pool, works, 2, options.leave)
    if not options.sample:
        return cases + chance.sample(more, min(len(more), len(cases) // 10))
    several = options.sample // 5
    return chance.sample(cases, min(len(cases), options.sample - several)) + chance.sample(
        more, min(len(more), several)
    )


def judge_all(pool, cases, paywall):
    """Judges the cases; prints each failure with a command that repeats it, and the numbers of
    all that were judged before the end or an interruption."""
    tried = collections.Counter()
    failed = 0
    try:
        for case, found in pool.imap(Runner.judge, cases, chunksize=4):
            tried["never came about" if found is None else case.work] += 1
            failed += bool(found)
            if found:
                show_failure(case, found, paywall)
    finally:
        unmet = tried.pop("never came about", 0)
        total = sum(tried.values())
        print("\n" + ", ".join(f"{name} {number}" for name, number in tried.items()))
        print(f"faults: {total} injected, {total - failed} survived, {failed} failed", end="")
        print(f"; {unmet} not met", flush=True)
    return failed == 0 and total > 0


def show_failure(case, found, paywall):
    print(f"\nFAILED: {' '.join(work.WORKS[case.work].arguments)} -j {case.jobs}")
    print(f"  repeat: {sys.argv[0]} {paywall} --only '{case}'")
    for line in found[:6]:
        print(f"  {line}")
    sys.stdout.flush()


def interrupt(*_):
    raise KeyboardInterrupt


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paywall", help="the program")
    parser.add_argument("--sample", type=int, metavar="N", help="only N faults")
    parser.add_argument("--seed", type=int, default=1, help="which N")
    parser.add_argument("--works", nargs="+", metavar="WORK", help=", ".join(work.WORKS))
    parser.add_argument("--leave", nargs="+", default=(), metavar="CALL", help="not these calls")
    parser.add_argument("--only", type=parse_case, metavar="CASE", help="one, as failures name it")
    parser.add_argument("--keep", action="store_true", help="leave the trees, and say where")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def main():
    signal.signal(signal.SIGTERM, interrupt)
    options = arguments()
    options.paywall = os.path.abspath(options.paywall)
    if not injections.can_trace():
        print("SKIPPED: strace is not here, or may not trace processes")
        return SKIPPED
    started = time.monotonic()
    directory = work.scratch("faults")
    known = [one.name for one in work.known_works(options.paywall)]
    works = [name for name in options.works or known if name in known]
    pool = multiprocessing.Pool(
        1 if options.only else options.processes, Runner.start, (options.paywall, directory)
    )
    try:
        if missing := sorted(set(work.WORKS) - set(known)):
            print(f"works that the program does not know: {' '.join(missing)}")
        cases = [options.only] if options.only else choose(pool, works, options)
        sound = judge_all(pool, cases, options.paywall)
        print(f"{time.monotonic() - started:.0f} s, seed {options.seed}")
        return 0 if sound else 1
    except KeyboardInterrupt:
        return 130
    finally:
        pool.terminate()
        pool.join()
        if options.keep:
            print(f"left in {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
