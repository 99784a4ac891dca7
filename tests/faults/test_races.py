"""Sources that change, vanish or become something else while they are read."""

import contextlib
import itertools
import os
import random
import shutil
import subprocess
import time
import unittest

import tree
from situation import PAYWALL, Meanwhile, Situation
from tree import article

SOURCES = {f"{number % 7}/{number:03}.md": article(f"{number}", "now") for number in range(200)}
ROUNDS = 40
LONG = 5  # seconds: no more rounds then, for waiting is part of what is tried
PAUSE = 0.001  # seconds at most: most sources hold still then while they are read
OUTSIDE = "outside-0b5e55ed"


def rounds():
    """Numbers from 1, of at least five rounds."""
    end = time.monotonic() + LONG
    for number in range(1, ROUNDS + 1):
        if number > 5 and time.monotonic() > end:
            return
        yield number


class Vanishing(Situation):
    """Whatever is done to the sources: no output is a mixture, and all is well afterwards."""

    def setUp(self):
        super().setUp()
        self.lay_out(SOURCES)
        self.chance = random.Random(1)

    def try_while(self, action, *allowed):
        def now_and_then():
            action()
            time.sleep(self.chance.random() * PAUSE)

        for _ in rounds():
            self.try_once(now_and_then, allowed)
        self.try_once(action, allowed)  # nothing holds still: the run is all waiting
        self.assertEqual(self.build().status, 0)
        self.assert_editions(SOURCES)

    def try_once(self, action, allowed):
        with Meanwhile(action):
            ended = self.build("-j2")
        self.assertIn(ended.status, allowed or (0, 3), ended.error)
        self.assert_complete(SOURCES)

    def aside(self, path, meanwhile=lambda: None):
        """Takes a path away, does something, puts it back."""
        os.rename(self.at(path), self.at("aside"))
        try:
            meanwhile()
        finally:
            os.rename(self.at("aside"), self.at(path))

    def any_source(self):
        return "in/" + self.chance.choice(list(SOURCES))

    def test_files_vanish(self):
        self.try_while(lambda: self.aside(self.any_source()))

    def test_directories_vanish(self):
        self.try_while(lambda: self.aside(f"in/{self.chance.randrange(7)}"))

    def test_the_whole_tree_vanishes(self):
        self.try_while(lambda: self.aside("in"), 0, 2, 3)

    def become(self, make, remove):
        path = self.any_source()

        def other():
            make(self.at(path))
            remove(self.at(path))

        self.aside(path, other)

    def test_files_become_directories(self):
        self.try_while(lambda: self.become(os.mkdir, os.rmdir))

    def test_files_become_fifos(self):
        self.try_while(lambda: self.become(os.mkfifo, os.unlink))

    def test_files_become_links_out_of_the_tree(self):
        self.write("outside.md", OUTSIDE)
        link = lambda path: os.symlink(self.at("outside.md"), path)
        self.try_while(lambda: self.become(link, os.unlink))

    def test_directories_become_links_out_of_the_tree(self):
        for number in range(200):
            self.write(f"outside/{number:03}.md", OUTSIDE)

        def become():
            path = self.at(f"in/{self.chance.randrange(7)}")
            self.aside(path, lambda: (os.symlink(self.at("outside"), path), os.unlink(path)))

        self.try_while(become)

    def test_output_directories_become_links_out_of_the_tree(self):
        os.mkdir(self.at("outside"))
        self.assertEqual(self.build().status, 0)

        def become():
            path = self.at(f"p/{self.chance.randrange(7)}")
            try:
                os.rename(path, self.at("aside"))
                os.symlink(self.at("outside"), path)
                os.unlink(path)
                os.rename(self.at("aside"), path)
            except OSError:  # the program made the directory anew
                shutil.rmtree(self.at("aside"), ignore_errors=True)

        self.try_while(become)
        self.assertEqual(os.listdir(self.at("outside")), [])

    def test_output_trees_vanish(self):
        numbers = itertools.count()

        def vanish():
            for root in ("p", "f"):
                aside = self.at(f"aside-{next(numbers)}")
                with contextlib.suppress(FileNotFoundError):
                    os.rename(self.at(root), aside)
                shutil.rmtree(aside, ignore_errors=True)  # the program may still write there

        self.try_while(vanish)


class Changing(Situation):
    """One large source, written over in place: its edition is of one version or of another.

    A mixture that lies still cannot be told from a source: one that is found after the writer
    was not let run for PAUSE proves nothing.
    """

    PAUSE = 0.01  # seconds

    def setUp(self):
        super().setUp()
        self.versions = [
            {"a.md": article("Large", letter * 40, paragraphs=10000)} for letter in "ab"
        ]
        self.moment = time.monotonic()
        self.longest = 0
        self.data = itertools.cycle(version["a.md"].data for version in self.versions)
        self.write("in/a.md", next(self.data))
        self.file = os.open(self.at("in/a.md"), os.O_WRONLY)
        self.addCleanup(os.close, self.file)

    def try_while(self, action):
        unproved = 0
        for number in rounds():
            shutil.rmtree(self.at("p"), ignore_errors=True)
            shutil.rmtree(self.at("f"), ignore_errors=True)
            self.moment, self.longest = time.monotonic(), 0
            with Meanwhile(action):
                ended = self.build()
            self.assertIn(ended.status, (0, 1, 3), ended.error)
            try:
                self.assert_complete(*self.versions)
            except AssertionError:
                if self.longest < self.PAUSE:
                    raise
                unproved += 1
        self.assertLess(unproved, number)

    def pwrite(self, data, offset):
        os.pwrite(self.file, data, offset)
        now = time.monotonic()
        self.moment, self.longest = now, max(self.longest, now - self.moment)

    def test_written_over_without_a_pause(self):
        self.try_while(lambda: self.pwrite(next(self.data), 0))

    def test_written_over_bit_by_bit(self):
        def write():
            data = next(self.data)
            for start in range(0, len(data), 1 << 16):
                self.pwrite(data[start : start + (1 << 16)], start)

        self.try_while(write)

    def test_replaced_whole(self):
        def replace():
            self.write("next.md", next(self.data))
            os.rename(self.at("next.md"), self.at("in/a.md"))

        self.try_while(replace)

    def test_cut_short_while_it_is_read(self):
        """No crash: half a source is refused, or it is one that has not changed since."""
        data = next(self.data)

        def cut():
            os.ftruncate(self.file, 4096)
            os.ftruncate(self.file, 0)
            os.pwrite(self.file, data, 0)

        for _ in rounds():
            with Meanwhile(cut):
                ended = self.build()
            self.assertIn(ended.status, (0, 1, 3), ended.error)
            self.assertFalse(any(name.startswith(".") for name in tree.snapshot(self.at("p"))))
            self.assertNotIn(tree.SECRET.encode(), self.preview())

    def preview(self):
        return self.read("p/a.md") if os.path.exists(self.at("p/a.md")) else b""


class Signals(Situation):
    """Told to stop, or killed, at any moment."""

    def setUp(self):
        super().setUp()
        self.lay_out(SOURCES)

    def try_signal(self, signal, status):
        chance = random.Random(1)
        stopped = 0
        for _ in rounds():
            command = [PAYWALL, *"build in --preview p --full f -q -j2".split()]
            run = subprocess.Popen(command, cwd=self.directory, stderr=subprocess.DEVNULL)
            try:
                run.wait(chance.random() * 0.03)
            except subprocess.TimeoutExpired:
                run.send_signal(signal)
            stopped += run.wait() != 0
            self.assertIn(run.returncode, (0, status))
            if status != -9:
                self.assert_complete(SOURCES)
        self.assertGreater(stopped, 0)
        self.assertEqual(self.build().status, 0)
        self.assert_editions(SOURCES)

    def test_told_to_stop(self):
        self.try_signal(15, -15)

    def test_killed(self):
        self.try_signal(9, -9)


if __name__ == "__main__":
    unittest.main()
