"""Links, and what is no regular file, in the sources and where the outputs go."""

import os
import socket
import unittest

from situation import Situation
from tree import article

OUTSIDE = "outside-0b5e55ed"  # may never be read, never be written over


class Links(Situation):
    def setUp(self):
        super().setUp()
        self.sources = {"a.md": article("A", "now"), "b/b.md": article("B", "now")}
        self.lay_out(self.sources)
        self.write("outside/a.md", OUTSIDE)
        self.write("outside/b.md", OUTSIDE)

    def assert_outside_is_untouched(self):
        self.assertEqual(sorted(os.listdir(self.at("outside"))), ["a.md", "b.md"])
        self.assertEqual(self.read("outside/a.md"), OUTSIDE.encode())
        self.assertEqual(self.read("outside/b.md"), OUTSIDE.encode())

    def test_loops_and_links_out_of_the_tree_are_skipped(self):
        os.symlink("loop.md", self.at("in/loop.md"))
        os.symlink("..", self.at("in/b/up"))
        os.symlink(".", self.at("in/b/here"))
        os.symlink("../outside", self.at("in/out"))
        os.symlink("../outside/a.md", self.at("in/out.md"))
        os.symlink("nowhere", self.at("in/dangling.md"))
        ended = self.build()
        self.assertEqual(ended.status, 0, ended.error)
        self.assert_editions(self.sources)

    def test_a_root_that_is_a_loop_is_told(self):
        os.symlink("loop", self.at("loop"))
        ended = self.run_paywall("preview", "loop", "-o", "p")
        self.assertIn(ended.status, (2, 3))
        self.assertIn("loop", ended.error)

    def test_a_link_in_place_of_an_output(self):
        os.makedirs(self.at("p"))
        os.symlink("../outside/a.md", self.at("p/a.md"))
        ended = self.build()
        self.assertEqual(ended.status, 3, ended.error)
        self.assertIn("p/a.md", ended.error)
        self.assertTrue(self.read("p/b/b.md") == self.sources["b/b.md"].preview)
        self.assert_outside_is_untouched()

    def test_a_link_in_place_of_an_output_directory(self):
        os.makedirs(self.at("f"))
        os.symlink("../outside", self.at("f/b"))
        ended = self.build()
        self.assertEqual(ended.status, 3, ended.error)
        self.assertTrue(self.read("f/a.md") == self.sources["a.md"].full)
        self.assert_outside_is_untouched()

    def test_a_link_where_a_refused_source_had_its_preview(self):
        self.write("in/a.md", "free ##paidbegin## never closed")
        os.makedirs(self.at("p"))
        os.symlink("../outside", self.at("p/b"))
        os.symlink("../outside/a.md", self.at("p/a.md"))
        self.assertEqual(self.build("--on-refusal", "remove").status, 3)
        self.assert_outside_is_untouched()

    def test_no_regular_file_where_an_output_goes(self):
        os.makedirs(self.at("p/a.md/inside"))
        os.makedirs(self.at("f"))
        os.mkfifo(self.at("f/a.md"))
        self.assertEqual(self.build().status, 3)
        self.assertTrue(os.path.isdir(self.at("p/a.md/inside")))
        self.assertTrue(self.read("p/b/b.md") == self.sources["b/b.md"].preview)

    def test_fifos_sockets_and_devices_with_names_of_sources(self):
        os.mkfifo(self.at("in/fifo.md"))
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(self.at("in/socket.md"))
        awkward = ["fifo.md", "socket.md"]
        if os.getuid() == 0:
            try:
                os.mknod(self.at("in/device.md"), 0o600 | 0o020000, os.makedev(1, 5))
                awkward.append("device.md")
            except PermissionError:
                pass
        ended = self.build()
        self.assertEqual(ended.status, 3, ended.error)
        for name in awkward:
            self.assertIn(f"in/{name}: ", ended.error)
        self.assert_editions(self.sources)


if __name__ == "__main__":
    unittest.main()
