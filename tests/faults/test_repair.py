"""Sources that are written: by check --fix and convert --backup. Whatever fails, each is what it was
or what it was to be, and what it was is never lost."""

import os
import random
import time
import unittest

import injections
import work
from situation import PAYWALL, Meanwhile, Situation

OLD = b"free ## paidbegin ##secret##paidend## tail\n"
NEW = b"free ##paidbegin##secret##paidend## tail\n"
FIX = ["check", "--fix", "--backup", ".orig", "in"]
IS_SANITIZED = "PAYWALL_SANITIZE" in os.environ
SAMPLE = 150 if IS_SANITIZED else 400
WRITING = ("openat", *(() if IS_SANITIZED else ("write",)),  # a sanitizer writes to itself
           "writev", "close", "fsync", "linkat", "renameat2", "renameat", "unlinkat",
           "fchmod", "copy_file_range", "newfstatat", "fstat", "statx")


class Source:
    """One source that is to be fixed; a place as injections wants it."""

    def __init__(self, situation):
        self.situation = situation
        self.directory = situation.at("here")

    def prepare(self):
        os.makedirs(os.path.join(self.directory, "in"), exist_ok=True)
        for name in os.listdir(os.path.join(self.directory, "in")):
            os.unlink(os.path.join(self.directory, "in", name))
        self.situation.write("here/in/a.md", OLD)
        os.utime(self.situation.at("here/in/a.md"), (1e9, 1e9))

    def run(self, *before):
        return work.run([*before, PAYWALL, *FIX, "-j1"], self.directory)

    def left(self):
        place = os.path.join(self.directory, "in")
        return {name: self.situation.read(os.path.join("here/in", name))
                for name in os.listdir(place)}


@unittest.skipUnless(injections.can_trace(), "strace cannot make calls fail here")
class Failing(Situation):
    def test_every_call_that_could_leave_half_a_source(self):
        place = Source(self)
        calls, _ = injections.count_calls(place)
        self.assertIn("fsync", calls)
        others = [call for call in calls if call not in WRITING]
        faults = injections.injections_at(calls, left_alone=others)
        random.Random(1).shuffle(faults)
        hit = 0
        for fault in faults[:SAMPLE]:
            place.prepare()
            injected = injections.inject(place, fault)
            hit += bool(injected.hits)
            with self.subTest(fault=str(fault)):
                left = place.left()
                self.assertIn(left.get("a.md"), (OLD, NEW))
                self.assertIn(left.get("a.md.orig", OLD), (OLD,))
                if left["a.md"] == NEW:
                    self.assertEqual(left.get("a.md.orig"), OLD)
                if injected.ended.status == 0:
                    self.assertEqual(left["a.md"], NEW)
                elif not fault.kills and left["a.md"] == OLD and fault.call != "unlinkat":
                    self.assertNotIn("a.md.orig", left)
        self.assertGreater(hit, SAMPLE // 4)


class Changing(Situation):
    def test_a_source_that_is_saved_meanwhile_keeps_what_was_saved(self):
        """The writer's last version, or that one fixed: never an older one's."""
        self.write("in/a.md", OLD)
        versions = iter(range(1, 1 << 30))
        state = {"last": 0}

        def save():
            state["last"] = next(versions)
            text = b"%d " % state["last"] + OLD
            self.write("aside", text)
            os.rename(self.at("aside"), self.at("in/a.md"))
            time.sleep(0.02)

        end = time.monotonic() + 5
        fixed = 0
        with Meanwhile(save):
            while time.monotonic() < end:
                ended = self.run_paywall("check", "--fix", "in")
                self.assertIn(ended.status, (0, 3), ended.error)
                fixed += ended.status == 0
        last = b"%d " % state["last"]
        self.assertIn(self.read("in/a.md"), (last + OLD, last + NEW))
        self.assertEqual(self.run_paywall("check", "--fix", "in").status, 0)
        self.assertEqual(self.read("in/a.md"), last + NEW)
        self.assertEqual(os.listdir(self.at("in")), ["a.md"])

    def test_two_runs_at_once_fix_once(self):
        for number in range(30):
            self.write(f"in/{number}.md", OLD)
        with Meanwhile(lambda: self.run_paywall("check", "--fix", "in")):
            ended = self.run_paywall("check", "--fix", "in")
        self.assertIn(ended.status, (0, 3), ended.error)
        self.assertEqual(self.run_paywall("check", "--fix", "in").status, 0)
        for number in range(30):
            self.assertEqual(self.read(f"in/{number}.md"), NEW)

    def test_convert_in_place_is_whole_too(self):
        self.write("in/a.md", NEW)
        ended = self.run_paywall("convert", "--to", "pmpro", "--backup", ".orig", "in")
        self.assertEqual(ended.status, 0, ended.error)
        self.assertEqual(self.read("in/a.md"), b"free [membership]secret[/membership] tail\n")
        self.assertEqual(self.read("in/a.md.orig"), NEW)
        ended = self.run_paywall("convert", "--dialect", "pmpro", "--to", "fastadmin", "--backup",
                                 ".orig", "in")
        self.assertEqual(ended.status, 3, ended.error)  # the backup is there already
        self.assertEqual(self.read("in/a.md.orig"), NEW)


if __name__ == "__main__":
    unittest.main()
