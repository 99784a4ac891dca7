"""A source that is cut part by part: what is promised of others is kept for it, too."""

import os
import unittest

from situation import Situation

FREE = "清晨的渡口总是先听见桨声，老人把账本摊在石桌上。" * 60 + "\n"
PAID = "secret-0b5e55ed 雨水多的年份，叶片薄而香淡。" * 40
COUNT = 2_000  # above 8 MiB
SOUND = (FREE + "##paidbegin##" + PAID + "##paidend##\n") * COUNT
PREVIEW = (FREE + "\n") * COUNT
FULL = (FREE + PAID + "\n") * COUNT


class Large(Situation):
    def setUp(self):
        super().setUp()
        self.write("in/a.txt", SOUND)

    def assert_outputs(self, preview=PREVIEW, full=FULL):
        for path, expected in (("p/a.txt", preview), ("f/a.txt", full)):
            found = self.read(path) if os.path.exists(self.at(path)) else None
            self.assertTrue(found == (expected and expected.encode()), path)
        for root in ("p", "f"):
            self.assertIn(os.listdir(self.at(root)), ([], ["a.txt"]))  # nothing is left over

    def inodes(self):
        return [os.stat(self.at(path)).st_ino for path in ("p/a.txt", "f/a.txt")]

    def test_its_editions(self):
        self.assertEqual(self.build().status, 0)
        self.assert_outputs()

    def test_outputs_of_the_same_bytes_are_left_untouched(self):
        self.assertEqual(self.build().status, 0)
        before = self.inodes()
        for more in ([], ["--force"], ["--no-state"]):
            self.assertEqual(self.build(*more).status, 0)
            self.assertEqual(self.inodes(), before, more)
        self.assert_outputs()

    def test_other_bytes_take_their_place(self):
        self.write("p/a.txt", PREVIEW.replace("桨", "浆"))
        self.assertEqual(self.build().status, 0)
        self.assert_outputs()

    def test_a_fault_at_its_end_withdraws_the_preview(self):
        self.assertEqual(self.build().status, 0)
        self.write("in/a.txt", SOUND + "##paidbegin##")
        self.assertEqual(self.build().status, 1)
        self.assert_outputs(preview=None)

    def test_a_limit_on_files_leaves_what_was_there(self):
        self.write("p/a.txt", "earlier")
        self.write("f/a.txt", "earlier")
        ended = self.build(under=("prlimit", "--fsize=4000000"))
        self.assertEqual(ended.status, 3, ended.error)
        self.assert_outputs("earlier", "earlier")
        self.assertEqual(self.build().status, 0)
        self.assert_outputs()


if __name__ == "__main__":
    unittest.main()
