"""Names that nobody should give a file."""

import os
import unittest

import tree
from situation import Situation
from tree import article

AWKWARD = ["line\nend", "\033[31mred", "tab\there", " ", "-o", "*", "back\\slash", "a..b", "\u202e"]


class Names(Situation):
    def build_and_compare(self, sources):
        self.lay_out(sources)
        ended = self.build()
        self.assertEqual(ended.status, 0, ended.error)
        self.assert_editions(sources)
        self.assertNotIn("\033", ended.error)

    def test_awkward_names_of_files_and_directories(self):
        self.build_and_compare(
            {f"{name}/{name}.md": article("Awkward", "now") for name in AWKWARD}
            | {f"{name}.md": article("Awkward", "now") for name in AWKWARD}
        )

    def test_bytes_that_are_no_utf_8(self):
        name = os.fsdecode(b"\xff\xfe")
        self.build_and_compare({f"{name}/{name}.md": article("Bytes", "now")})

    def test_names_of_255_bytes(self):
        name = "x" * 252
        self.build_and_compare({f"{'d' * 255}/{name}.md": article("Long", "now")})

    def test_names_that_differ_in_case(self):
        names = ("a.md", "A.md", "a.MD", "d/x.md", "D/x.md")
        self.build_and_compare({name: article(name, "now") for name in names})

    def test_faulty_sources_are_told_in_one_line_each(self):
        for name in AWKWARD:
            self.write(f"in/{name}.md", tree.unclosed("Awkward").data)
        ended = self.build()
        self.assertEqual(ended.status, 1)
        told = [line for line in ended.error.splitlines() if "[unclosed-section]" in line]
        self.assertEqual(len(told), len(AWKWARD))
        self.assertNotIn("\033", ended.error)

    def test_paths_longer_than_any_call_takes(self):
        """Below the directory given, 40 names of 200 bytes: made and read step by step."""
        source = article("Far down", "now")
        name = "d" * 200
        self.write("in/near.md", article("Near", "now").data)
        at = os.open(self.at("in"), os.O_RDONLY)
        for _ in range(40):
            os.mkdir(name, dir_fd=at)
            at = self.step(at, name)
        file = os.open("far.md", os.O_WRONLY | os.O_CREAT, 0o666, dir_fd=at)
        os.write(file, source.data)
        os.close(file)
        os.close(at)
        for _ in range(2):  # the second time there are outputs
            ended = self.build()
            self.assertEqual(ended.status, 0, ended.error)
            for root, expected in (("p", source.preview), ("f", source.full)):
                at = os.open(self.at(root), os.O_RDONLY)
                for _ in range(40):
                    at = self.step(at, name)
                file = os.open("far.md", os.O_RDONLY, dir_fd=at)
                self.assertEqual(os.read(file, 10000), expected)
                self.assertEqual(os.listdir(at), ["far.md"])
                os.close(file)
                os.close(at)

    @staticmethod
    def step(at, name):
        below = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        return below


if __name__ == "__main__":
    unittest.main()
