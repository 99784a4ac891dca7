"""The harness's own test: what each broken promise looks like, and that it is seen."""

import json
import unittest

import tree
import verdict
import work
from injections import Injected, Injection
from work import Ended

OLD = {"p": "/", "p/a.md": b"old", "f": "/", "f/a.md": b"old, paid"}
NEW = {"p": "/", "p/a.md": b"new", "f": "/", "f/a.md": b"new, paid"}
EIO = Injection("writev", "error=EIO", "1")
KILL = Injection("writev", "signal=SIGKILL", "1")
SAID = "paywall: p/a.md: cannot write"


def judge(outputs, status, injection=EIO, hits=(), error=SAID, name="build"):
    injected = Injected(Ended(status, error), list(hits))
    return verdict.after_fault(injection, injected, outputs, OLD, NEW, 0, work.WORKS[name], "/here")


class Verdict(unittest.TestCase):
    def assert_broken(self, words, outputs, status, **more):
        found = judge(outputs, status, **more)
        self.assertTrue(any(words in one for one in found), found)

    def test_sound_ends(self):
        self.assertEqual(judge(NEW, 0), [])
        self.assertEqual(judge(OLD, 3), [])
        self.assertEqual(judge(OLD | {"p/a.md": b"new"}, 3), [])
        self.assertEqual(judge(OLD, 2), [])
        self.assertEqual(judge(OLD | {"p/.paywall-1-0.tmp": b"n"}, -9, injection=KILL), [])

    def test_half_an_output(self):
        self.assert_broken("p/a.md is neither", OLD | {"p/a.md": b"ne"}, 3)
        self.assert_broken("f/b.md is neither", OLD | {"f/b.md": b""}, 3)
        self.assert_broken("p/a.md is neither", {"f/a.md": b"old, paid"}, 3)

    def test_half_a_tree(self):
        old, new = OLD | {"p/b.md": b"old"}, NEW | {"p/b.md": b"new"}
        half = old | {"p/a.md": b"new"}
        self.assertEqual(verdict.mixtures_in(half, old, new, whole=False), [])
        found = verdict.mixtures_in(half, old, new, whole=True)
        self.assertEqual(found, ["p is neither the old tree nor the new one"])

    def test_paid_words_in_public(self):
        for secret in tree.SECRETS:
            self.assert_broken("paid words", OLD | {"p/.paywall-1-0.tmp": secret}, 3)

    def test_a_success_that_is_none(self):
        self.assert_broken("not every output", OLD, 0)
        for hit in (
            ("writev", "3</here/p/.paywall-1-0.tmp>, [], 1) = -1 EIO"),
            ("writev", "3</here/p/#17 (deleted)>, [], 1) = -1 EIO"),
            ("close", "3</here/p/.paywall-1-0.tmp>) = -1 EIO"),
            ("close", "3</here/p/.paywall-1-0-0.tmp/new.md>) = -1 EIO"),
            ("close", "3</here/.paywall-5-1-0.tmp/a/new.md>) = -1 EIO"),
            ("close", "3</here/p/#12>(deleted)) = -1 EIO"),
            ("syncfs", "3</here/p>) = -1 EIO"),
        ):
            self.assert_broken("all is well", NEW, 0, hits=[hit])
        for innocent in ("in/a.md", "p/.paywall-1-0-0.tmp", ".paywall-5-1-0.tmp/archive"):
            hit = ("close", f"3</here/{innocent}>) = -1 EIO")
            self.assertEqual(judge(NEW, 0, hits=[hit]), [])

    def test_wrong_ends(self):
        self.assert_broken("does not end", OLD, None)
        self.assert_broken("SIGSEGV", OLD, -11)
        self.assert_broken("SIGKILL", OLD, -9)
        self.assert_broken("means something else", OLD, 1)
        self.assert_broken("something was done", NEW, 2)
        self.assert_broken("not a word", OLD, 3, error="", injection=EIO._replace(call="openat"))

    def test_what_is_left_over(self):
        self.assert_broken("left over", OLD | {"p/.paywall-1-0.tmp": b"n"}, 3)
        half = OLD | {"p/.paywall-1-0-0.tmp/new.md": b"n"}
        new = '3</here/p/.paywall-1-0-0.tmp>, "new.md", O_RDWR|O_CREAT) = -1 EIO'
        self.assert_broken("left over", half, 3, hits=[("openat", new)])
        removal = '3</here/p>, ".paywall-1-0-0.tmp", O_DIRECTORY) = -1 EIO'
        self.assertEqual(judge(half, 3, hits=[("openat", removal)]), [])

    def test_what_a_report_says(self):
        def report(verdict, change):
            source = {
                "path": "in/a.md",
                "verdict": verdict,
                "outputs": [{"path": "p/a.md", "change": change}],
            }
            return {work.REPORT: json.dumps(source).encode() + b"\n{}\n"}

        self.assertEqual(judge(NEW | report("written", "written"), 0), [])
        self.assertEqual(judge(OLD | report("failed", "kept"), 3), [])
        self.assert_broken("is reported", OLD | report("written", "written"), 3)
        self.assert_broken("is reported", OLD | report("unchanged", "unchanged"), 3)
        self.assert_broken("is reported", NEW | report("removed", "removed"), 0)
        self.assert_broken("ends with 0", NEW | report("failed", "kept"), 0)

    def test_the_next_run(self):
        clean = Ended(0, "")
        self.assertEqual(verdict.after_next(clean, NEW, NEW, 0), [])
        self.assertTrue(verdict.after_next(Ended(3, ""), NEW, NEW, 0))
        self.assertTrue(verdict.after_next(clean, OLD, NEW, 0))
        self.assertTrue(verdict.after_next(clean, NEW | {"p/.paywall-1-0.tmp": b""}, NEW, 0))
        self.assertTrue(verdict.after_next(clean, NEW | {".p.new": "/"}, NEW, 0))


if __name__ == "__main__":
    unittest.main()
