"""What the tests of situations have in common: a directory of their own, and the program."""

import os
import shutil
import threading
import unittest

import tree
import work

PAYWALL = os.path.abspath(os.environ.get("PAYWALL", "build/release/tools/paywall"))
# A run that permissions hold for, root's too
POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.getuid() == 0 else ()
OPTIONS = work.known_options(PAYWALL)


def needs(*options):
    """Skips a test, aloud, of what the program does not know."""
    missing = [option for option in options if option not in OPTIONS]
    return unittest.skipIf(missing, f"the program knows no {' '.join(missing)}")


class Situation(unittest.TestCase):
    def setUp(self):
        self.directory = work.scratch("situation")
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)

    def at(self, *names):
        return os.path.join(self.directory, *names)

    def write(self, path, content):
        """Writes a file, given as a path below the test's directory and its text or bytes."""
        os.makedirs(os.path.dirname(self.at(path)), exist_ok=True)
        with open(self.at(path), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def read(self, path):
        return tree.read(self.at(path))

    def lay_out(self, sources, path="in"):
        """Sources as of tree.article(), by their paths."""
        for name, source in sources.items():
            self.write(os.path.join(path, name), source.data)

    def run_paywall(self, *arguments, under=()):
        return work.run([*under, PAYWALL, *arguments], self.directory)

    def build(self, *more, **named):
        return self.run_paywall(*work.BUILD, *more, **named)

    def assert_editions(self, sources, but=()):
        """Both trees hold these sources' editions and, but for the paths named, nothing else."""
        for root in ("p", "f"):
            there = tree.snapshot(self.at(root))
            found = {path: data for path, data in there.items() if data != "/" and path not in but}
            expected = {
                path: source.preview if root == "p" else source.full
                for path, source in sources.items()
                if path not in but
            }
            self.assertEqual(sorted(found), sorted(expected), root)
            for path, data in expected.items():
                self.assertTrue(found[path] == data, f"{root}/{path} is not its edition")

    def assert_complete(self, *versions):
        """Whatever is there is one of the versions of its edition, and nothing is left over."""
        for root, edition in (("p", 1), ("f", 2)):
            for path, data in tree.snapshot(self.at(root)).items():
                if data == "/":
                    continue
                allowed = [sources[path][edition] for sources in versions if path in sources]
                self.assertTrue(data in allowed, f"{root}/{path} is no edition of its source")


class Meanwhile(threading.Thread):
    """Does something again and again while the `with` block runs."""

    def __init__(self, action):
        super().__init__()
        self.action = action
        self.stopped = threading.Event()
        self.rounds = 0
        self.failure = None

    def run(self):
        try:
            while not self.stopped.is_set():
                self.action()
                self.rounds += 1
        except BaseException as failure:  # told by __exit__, in the test's own thread
            self.failure = failure

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.join()
        if self.failure:
            raise self.failure
