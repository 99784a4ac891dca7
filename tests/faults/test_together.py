"""Several runs into one output directory."""

import fcntl
import os
import subprocess
import unittest

from situation import PAYWALL, Situation, needs
from tree import article

SOURCES = {f"{number % 7}/{number:03}.md": article(f"{number}", "now") for number in range(100)}


class Together(Situation):
    def setUp(self):
        super().setUp()
        self.lay_out(SOURCES)

    def start(self, *more):
        command = [PAYWALL, *"build in --preview p --full f -j2".split(), *more]
        return subprocess.Popen(
            command,
            cwd=self.directory,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def lock(self, root):
        os.makedirs(self.at(root), exist_ok=True)
        directory = os.open(self.at(root), os.O_RDONLY | os.O_DIRECTORY)
        self.addCleanup(os.close, directory)
        fcntl.flock(directory, fcntl.LOCK_EX)
        return directory

    @needs("--wait")
    def test_the_second_stops_and_says_why(self):
        for root in ("p", "f"):
            lock = self.lock(root)
            ended = self.build()
            self.assertEqual(ended.status, 3, ended.error)
            self.assertIn(root, ended.error)
            self.assert_complete({})
            fcntl.flock(lock, fcntl.LOCK_UN)
        self.assertEqual(self.build().status, 0)
        self.assert_editions(SOURCES)

    @needs("--wait")
    def test_the_second_waits(self):
        lock = self.lock("f")
        run = self.start("--wait")
        with self.assertRaises(subprocess.TimeoutExpired):
            run.wait(0.5)
        self.assert_complete({})
        fcntl.flock(lock, fcntl.LOCK_UN)
        _, error = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 0, error)
        self.assert_editions(SOURCES)

    @needs("--wait")
    def test_ten_wait_for_each_other(self):
        runs = [self.start("--wait") for _ in range(10)]
        for run in runs:
            _, error = run.communicate(timeout=120)
            self.assertEqual(run.returncode, 0, error)
        self.assert_editions(SOURCES)

    def test_ten_at_once(self):
        """Each does its work or fails, and no output is two runs' work."""
        for _ in range(3):
            runs = [self.start() for _ in range(10)]
            for run in runs:
                _, error = run.communicate(timeout=120)
                self.assertIn(run.returncode, (0, 3), error)
            self.assert_complete(SOURCES)
        self.assertEqual(self.build().status, 0)
        self.assert_editions(SOURCES)

    def test_the_output_trees_hold_editions_only(self):
        self.assertEqual(self.build().status, 0)
        self.assert_editions(SOURCES)


if __name__ == "__main__":
    unittest.main()
