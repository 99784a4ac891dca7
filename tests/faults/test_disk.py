"""A disk that is full, a limit on files, no permission."""

import os
import subprocess
import unittest

from situation import POWERLESS, Situation
from tree import article

SMALL = {f"{number:02}.md": article(f"Small {number}", "now") for number in range(20)}
LARGE = {"10-large.md": article("Large", "now", paragraphs=4000)}


class FullDisk(Situation):
    def mount(self, size):
        os.mkdir(self.at("disk"))
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.at("disk")]
        if subprocess.run(command, capture_output=True).returncode != 0:
            self.skipTest("may not mount a small disk here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.at("disk")], check=True)

    def test_what_fits_is_written_and_the_rest_is_told(self):
        self.mount("128k")
        sources = SMALL | LARGE
        self.lay_out(sources)
        for root in ("p", "f"):
            os.mkdir(self.at("disk", root))
            os.symlink(f"disk/{root}", self.at(root))
        self.assertEqual(self.build().status, 3)
        self.assert_complete(sources)
        self.assertFalse(os.path.exists(self.at("p", "10-large.md")))
        self.assertTrue(os.path.exists(self.at("p", "00.md")))
        subprocess.run(["mount", "-o", "remount,size=8m", self.at("disk")], check=True)
        self.assertEqual(self.build().status, 0)
        self.assert_editions(sources)

    def test_all_is_on_the_disk_that_is_full(self):
        self.mount("1m")
        self.directory = self.at("disk")
        self.lay_out(SMALL)
        with open(self.at("filler"), "wb", buffering=0) as filler:
            with self.assertRaises(OSError):
                while True:
                    filler.write(bytes(4096))
        ended = self.build()
        self.assertEqual(ended.status, 3, ended.error)
        self.assert_complete(SMALL)
        os.unlink(self.at("filler"))
        ended = self.build()
        self.assertEqual(ended.status, 0, ended.error)
        self.assert_editions(SMALL)

    def test_a_limit_on_the_size_of_files(self):
        sources = SMALL | LARGE
        self.lay_out(sources)
        ended = self.build(under=("prlimit", f"--fsize={64 * 1024}"))
        self.assertEqual(ended.status, 3, ended.error)
        self.assert_complete(sources)
        self.assertEqual(self.build().status, 0)
        self.assert_editions(sources)

    @unittest.skipIf("PAYWALL_SANITIZE" in os.environ, "a sanitizer opens files of its own")
    def test_few_files_may_be_open(self):
        sources = {f"{'d/' * depth}a.md": article("Deep", "now") for depth in range(40)}
        self.lay_out(sources)
        for limit in range(12, 40):
            ended = self.build("-j2", under=("prlimit", f"--nofile={limit}"))
            self.assertIn(ended.status, (0, 3), (limit, ended.error))
            self.assert_complete(sources)
            if ended.status == 0:
                self.assert_editions(sources)
        self.assertEqual(self.build().status, 0)
        self.assert_editions(sources)


class NoPermission(Situation):
    def setUp(self):
        super().setUp()
        self.sources = {"a.md": article("A", "now"), "b/b.md": article("B", "now")}
        self.lay_out(self.sources)
        for root in ("p", "f"):
            os.mkdir(self.at(root))

    def try_without(self, path, mode=0):
        """Runs while `path` has this mode, and again when it may be used."""
        os.chmod(self.at(path), mode)
        ended = self.build(under=POWERLESS)
        os.chmod(self.at(path), 0o755)
        self.assertEqual(ended.status, 3, ended.error)
        self.assertIn("ermission denied", ended.error)
        self.assert_complete(self.sources)
        self.assertTrue(self.read("p/a.md"))
        self.assertEqual(self.build(under=POWERLESS).status, 0)
        self.assert_editions(self.sources)

    def test_a_source_that_may_not_be_read(self):
        self.try_without("in/b/b.md")

    def test_a_directory_that_may_not_be_listed(self):
        self.try_without("in/b", 0o111)

    def test_a_directory_that_may_not_be_entered(self):
        self.try_without("in/b", 0o444)

    def test_an_output_directory_that_may_not_be_written(self):
        os.mkdir(self.at("p/b"))
        self.try_without("p/b", 0o555)

    def test_an_output_directory_that_may_not_be_entered(self):
        os.mkdir(self.at("f/b"))
        self.try_without("f/b")


if __name__ == "__main__":
    unittest.main()
