"""The sources that faults are tried on: as they were at an earlier run, and as they are now."""

import os
import shutil
from typing import NamedTuple, Optional

SECRET = "secret-5ec7e7"  # stands in every paid part, and nowhere else
SECRETS = [SECRET.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


class Source(NamedTuple):
    """A source's bytes, and its editions as the format has them; none where it is refused, and
    none where the file is no source at all."""

    data: bytes
    preview: Optional[bytes] = None
    full: Optional[bytes] = None

    @property
    def refused(self):
        return self.preview is None and b"##paidbegin##" in self.data


def article(title, version, encoding="utf-8", paragraphs=1):
    before = f"# {title}, {version}\n\nFree words of {title}.\n\n"
    paid = f"Paid words, {version}: {SECRET}.\n" * paragraphs
    after = f"\nThe end of {title}, {version}.\n" * paragraphs
    marked = f"{before}##paidbegin##\n{paid}##paidend##\n{after}"
    preview, full = before + after, before + paid + after
    return Source(*(text.encode(encoding) for text in (marked, preview, full)))


def unclosed(title):
    return Source(f"# {title}\n\n##paidbegin##\nNever closed: {SECRET}\n".encode())


def plain(data):
    return Source(data)


SAME = {
    "same.md": article("Same", "once and for all"),
    "archive/same.txt": article("Archive", "once and for all"),
    "pictures/same.png": plain(b"\x89PNG same" * 100),
    "notes.docx": plain(f"Nobody knows what is paid here: {SECRET}\n".encode()),
    ".draft.md": plain(f"hidden, {SECRET}\n".encode()),
}

BEFORE = SAME | {
    "changed.md": article("Changed", "before"),
    "archive/changed.html": article("Bulletin", "before"),
    "archive/2024/changed.txt": article("Deep", "before"),
    "chinese.txt": article("\u4e2d\u6587", "\u4ee5\u524d", "gb18030"),
    "large.md": article("Large", "before", paragraphs=2000),
    "faulty.md": article("Faulty", "before"),
    "archive/faulty.md": article("Faulty, too", "before"),
    "gone.md": article("Gone", "before"),
    "gone/gone.md": article("Gone, too", "before"),
    "pictures/changed.png": plain(b"\x89PNG before" * 100),
}

NOW = SAME | {
    "changed.md": article("Changed", "now"),
    "archive/changed.html": article("Bulletin", "now"),
    "archive/2024/changed.txt": article("Deep", "now"),
    "chinese.txt": article("\u4e2d\u6587", "\u73b0\u5728", "gb18030"),
    "large.md": article("Large", "now", paragraphs=3000),
    "faulty.md": unclosed("Faulty"),
    "archive/faulty.md": unclosed("Faulty, too"),
    "new.md": article("New", "now"),
    "fresh/new.md": article("New, too", "now"),
    "pictures/changed.png": plain(b"\x89PNG now" * 100),
}


def sound(sources):
    """The sources without those that are refused."""
    return {path: source for path, source in sources.items() if "faulty" not in path}


def lay_out(sources, directory, twin=None):
    """Writes the sources below `directory`; what `twin` has with the same bytes is linked to it,
    so that nothing about such a file differs, its inode included."""
    for path, source in sources.items():
        at = os.path.join(directory, path)
        os.makedirs(os.path.dirname(at), exist_ok=True)
        same = os.path.join(twin, path) if twin else None
        if same and os.path.exists(same) and read(same) == source.data:
            os.link(same, at)
        else:
            with open(at, "wb") as file:
                file.write(source.data)
    os.symlink("changed.md", os.path.join(directory, "link.md"))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def snapshot(directory):
    """What lies below a directory: path -> bytes of a file, `/` for a directory, `-> target`
    for a link, None for anything else. Empty if there is no directory."""
    found = {}
    for parent, directories, files in os.walk(directory):
        for name in directories + files:
            path = os.path.join(parent, name)
            relative = os.path.relpath(path, directory)
            if os.path.islink(path):
                found[relative] = "-> " + os.readlink(path)
            elif os.path.isdir(path):
                found[relative] = "/"
            else:
                found[relative] = read(path) if os.path.isfile(path) else None
    return found


def fingerprint(directory):
    """A snapshot with what else tells whether a file was touched."""
    found = {}
    for path, content in snapshot(directory).items():
        status = os.lstat(os.path.join(directory, path))
        # A directory's link count and size are those of its entries, which are all here.
        found[path] = (content, status.st_ino, status.st_mode, status.st_mtime_ns)
    return found


def clear(directory, keep=()):
    """Removes what lies in a directory, but for the names to keep."""
    for name in os.listdir(directory):
        path = os.path.join(directory, name)
        if name in keep:
            continue
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)
