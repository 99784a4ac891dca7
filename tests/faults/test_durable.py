"""What is said to be done is on the disk: before the run ends, and before its state says so."""

import os
import re
import unittest

import injections
from situation import Situation, needs
from tree import article

SOURCES = {f"{number % 3}/{number:02}.md": article(f"{number}", "now") for number in range(12)}
CALLS = "trace=renameat,renameat2,rename,linkat,syncfs,write,writev,pwrite64"


@unittest.skipUnless(injections.can_trace(), "strace is not here, or may not trace processes")
@needs("--state")
class Durable(Situation):
    def trace(self, *more):
        """The calls of a run, in their order: what each is to the promise."""
        log = self.at("log")
        ended = self.build(*more, "-j1", under=("strace", "-f", "-y", "-o", log, "-e", CALLS))
        self.assertEqual(ended.status, 0, ended.error)
        with open(log, errors="replace") as file:
            kinds = [self.kind_of(line) for line in file]
        return [kind for kind in kinds if kind]

    def kind_of(self, line):
        call = re.match(r"\d+ +(\w+)\((.*)", line)
        if not call:
            return None
        place = re.escape(self.directory)
        into_a_tree = re.search(place + r"/[pf]\b", call[2]) or "RENAME_EXCHANGE" in call[2]
        if call[1].startswith(("rename", "link")) and into_a_tree:
            return "put in place"
        if call[1] == "syncfs":  # of whatever: here is one file system
            return "synced"
        if "write" in call[1] and re.search(place + r"/\.paywall/state\.db", call[2]):
            return "state written"
        return None

    def assert_in_order(self, kinds):
        self.assertIn("put in place", kinds)
        unsynced = False
        for kind in kinds:
            self.assertFalse(unsynced and kind == "state written", "the state runs ahead")
            unsynced = kind == "put in place" or (unsynced and kind != "synced")
        self.assertFalse(unsynced, "the run ends with outputs that are not on the disk")

    def test_outputs_are_synced_before_the_state_is_written(self):
        self.lay_out(SOURCES)
        self.assert_in_order(self.trace())
        self.lay_out({path: article("Changed", "then") for path in list(SOURCES)[:3]})
        self.assert_in_order(self.trace())

    @needs("--all-or-nothing")
    def test_whole_trees_too(self):
        self.lay_out(SOURCES)
        self.assert_in_order(self.trace("--all-or-nothing"))
        self.lay_out({path: article("Changed", "then") for path in list(SOURCES)[:3]})
        self.assert_in_order(self.trace("--all-or-nothing"))


if __name__ == "__main__":
    unittest.main()
