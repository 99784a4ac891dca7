"""A state that is missing, damaged, or not what it seems."""

import os
import random
import shutil
import sqlite3
import unittest

from situation import POWERLESS, Situation, needs
from tree import article

SOURCES = {f"{number % 3}/{number:02}.md": article(f"{number}", "now") for number in range(12)}
STATE = ".paywall/state.db"


@needs("--state")
class State(Situation):
    def setUp(self):
        super().setUp()
        self.lay_out(SOURCES)
        self.assertEqual(self.build().status, 0)
        self.assertTrue(os.path.exists(self.at(STATE)))

    def change_one(self, version):
        """A source changes, so that a state which is believed too much is seen."""
        changed = dict(SOURCES)
        changed["0/00.md"] = article("0", version)
        self.lay_out({"0/00.md": changed["0/00.md"]})
        return changed

    def assert_rebuilt(self, ended, sources):
        """The work is done, or, told, none of it."""
        self.assertIn(ended.status, (0, 2, 3), ended.error)
        if ended.status == 0:
            self.assert_editions(sources)
        else:
            self.assertTrue(ended.error)

    def test_a_state_that_is_not_in_wal_mode_is_written(self):
        """As a run may leave it that failed where it made the state."""
        state = sqlite3.connect(self.at(STATE))
        self.assertEqual(state.execute("PRAGMA journal_mode = DELETE").fetchone()[0], "delete")
        state.close()
        sources = self.change_one("not in WAL mode")
        ended = self.build()
        self.assertEqual(ended.status, 0, ended.error)
        self.assert_editions(sources)
        state = sqlite3.connect(self.at(STATE))
        self.assertEqual(state.execute("PRAGMA journal_mode").fetchone()[0], "wal")
        state.close()

    def test_any_byte_may_be_wrong(self):
        chance = random.Random(1)
        sound = self.read(STATE)
        done = 0
        for number in range(80):
            data = bytearray(sound)
            for _ in range(chance.choice((1, 4, 64))):
                data[chance.randrange(len(data))] = chance.randrange(256)
            self.replace_state(bytes(data))
            sources = self.change_one(f"then {number}")
            ended = self.build()
            self.assert_rebuilt(ended, sources)
            done += ended.status == 0
        self.assertGreater(done, 50)

    def test_any_part_may_be_missing(self):
        sound = self.read(STATE)
        for length in (0, 1, 15, 16, 99, 100, 512, len(sound) // 2, len(sound) - 1):
            self.replace_state(sound[:length])
            sources = self.change_one(f"short {length}")
            self.assert_rebuilt(self.build(), sources)

    def replace_state(self, data):
        shutil.rmtree(self.at(".paywall"))
        self.write(STATE, data)

    def test_an_output_that_was_changed_is_made_again(self):
        self.write("p/0/00.md", "what somebody else wrote")
        os.unlink(self.at("f/1/01.md"))
        self.assertEqual(self.build().status, 0)
        self.assert_editions(SOURCES)

    def test_an_output_of_the_same_size_and_time_is_made_again(self):
        status = os.stat(self.at("p/0/00.md"))
        data = bytearray(self.read("p/0/00.md"))
        data[0] ^= 1
        self.write("p/0/00.md", bytes(data))
        os.utime(self.at("p/0/00.md"), ns=(status.st_atime_ns, status.st_mtime_ns))
        self.assertEqual(self.build().status, 0)
        self.assert_editions(SOURCES)

    def test_a_source_of_the_same_size_and_time_is_read_again(self):
        status = os.stat(self.at("in/0/00.md"))
        changed = self.change_one("NOW")
        self.assertEqual(os.path.getsize(self.at("in/0/00.md")), status.st_size)
        os.utime(self.at("in/0/00.md"), ns=(status.st_atime_ns, status.st_mtime_ns))
        self.assertEqual(self.build().status, 0)
        self.assert_editions(changed)

    def test_sources_that_change_right_after_the_run(self):
        """Within the grain of the clock's times, and with the size they had."""
        for number in range(10, 60):
            changed = self.change_one(f"{number}")
            self.assertEqual(self.build().status, 0)
            self.assert_editions(changed)

    def test_equal_outputs_are_left_untouched(self):
        before = {path: os.stat(self.at("p", path)) for path in SOURCES}
        changed = self.change_one("then")
        self.assertEqual(self.build("--force").status, 0)
        self.assert_editions(changed)
        for path, status in before.items():
            now = os.stat(self.at("p", path))
            same = (now.st_ino, now.st_mtime_ns) == (status.st_ino, status.st_mtime_ns)
            self.assertEqual(same, path != "0/00.md", path)

    def test_other_settings_make_all_anew(self):
        ended = self.build("--placeholder", "[more]")
        self.assertEqual(ended.status, 0)
        self.assertIn(b"[more]", self.read("p/0/00.md"))

    def test_what_is_no_state_is_never_touched(self):
        self.write("notes.txt", "my notes\n" * 100)
        with sqlite3.connect(self.at("other.db")) as other:
            other.execute("create table sources (path text)")
            other.execute("insert into sources values ('mine')")
        other.close()
        for path in ("notes.txt", "other.db"):
            before = self.read(path)
            changed = self.change_one("then")
            ended = self.build("--state", path)
            self.assertEqual(ended.status, 2, ended.error)
            self.assertIn(path, ended.error)
            self.assertTrue(self.read(path) == before, path)
            self.assertFalse(os.path.exists(self.at(path + "-wal")))
            self.change_one("now")
            self.assert_editions(SOURCES)
            del changed

    @needs("--delete")
    def test_only_own_outputs_are_deleted(self):
        self.write("p/0/own.md", "not this program's")
        self.write("p/own/own.md", "not this program's")
        os.unlink(self.at("in/0/00.md"))
        left = {path: source for path, source in SOURCES.items() if path != "0/00.md"}
        self.assertEqual(self.build("--delete").status, 0)
        self.assert_editions(left, but=("0/own.md", "own/own.md"))
        self.assertTrue(os.path.exists(self.at("p/0/own.md")))
        self.assertTrue(os.path.exists(self.at("p/own/own.md")))

    @needs("--delete")
    def test_an_output_that_somebody_changed_is_not_deleted_unseen(self):
        """It is no longer what this program wrote: gone with a word, or kept with a word."""
        self.write("p/0/00.md", "changed by somebody else")
        os.unlink(self.at("in/0/00.md"))
        ended = self.build("--delete", "-v")
        self.assertIn("0/00.md", ended.error)

    @needs("--delete")
    def test_a_directory_that_cannot_be_read_is_not_one_without_sources(self):
        os.chmod(self.at("in/1"), 0)
        ended = self.build("--delete", under=POWERLESS)
        os.chmod(self.at("in/1"), 0o755)
        self.assertEqual(ended.status, 3)
        self.assert_editions(SOURCES)


if __name__ == "__main__":
    unittest.main()
