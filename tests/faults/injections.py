"""Which faults there are to inject: the calls a run makes, and what can happen to each."""

import collections
import os
import re
import subprocess
from typing import NamedTuple

import work

DISK = ("EIO", "ENOSPC")
ANSWERS = {  # call -> the errors it can end with
    "openat": ("EIO", "ENOSPC", "EMFILE", "EACCES", "ENOMEM", "EINTR"),
    "read": ("EIO", "ENOMEM", "EINTR"),
    "pread64": ("EIO", "ENOMEM", "EINTR"),
    "readv": ("EIO", "ENOMEM", "EINTR"),
    "write": (*DISK, "ENOMEM", "EINTR"),
    "writev": (*DISK, "ENOMEM", "EINTR"),
    "pwrite64": (*DISK, "ENOMEM", "EINTR"),
    "pwritev": (*DISK, "ENOMEM", "EINTR"),
    "close": (*DISK, "EINTR"),
    "fstat": ("EIO", "ENOMEM"),
    "newfstatat": ("EIO", "EACCES", "ENOMEM"),
    "statx": ("EIO", "EACCES", "ENOMEM"),
    "access": ("EIO", "EACCES", "ENOMEM"),
    "faccessat": ("EIO", "EACCES", "ENOMEM"),
    "faccessat2": ("EIO", "EACCES", "ENOMEM"),
    "readlink": ("EIO", "EACCES", "ENOMEM"),
    "readlinkat": ("EIO", "EACCES", "ENOMEM"),
    "getcwd": ("EACCES", "ENOMEM"),
    "getdents64": ("EIO", "ENOMEM"),
    "rename": (*DISK, "EACCES", "ENOMEM"),
    "renameat": (*DISK, "EACCES", "ENOMEM"),
    "renameat2": (*DISK, "EACCES", "ENOMEM"),
    "mkdir": (*DISK, "EACCES", "ENOMEM"),
    "mkdirat": (*DISK, "EACCES", "ENOMEM"),
    "rmdir": ("EIO", "EACCES", "ENOMEM"),
    "unlink": ("EIO", "EACCES", "ENOMEM"),
    "unlinkat": ("EIO", "EACCES", "ENOMEM"),
    "link": (*DISK, "EACCES", "ENOMEM"),
    "linkat": (*DISK, "EACCES", "ENOMEM"),
    "fsync": (*DISK, "EINTR"),
    "fdatasync": (*DISK, "EINTR"),
    "syncfs": (*DISK,),
    "flock": ("EIO", "ENOLCK", "EINTR"),
    "fcntl": ("EINTR", "ENOLCK"),
    "ftruncate": (*DISK, "EINTR"),
    "fallocate": (*DISK, "EINTR"),
    "fchmod": ("EIO", "EACCES"),
    "fchown": ("EIO", "EACCES"),
    "utimensat": ("EIO", "EACCES"),
    "copy_file_range": (*DISK, "ENOMEM"),
    "sendfile": ("EIO", "ENOMEM"),
    "lseek": ("EIO",),
    "mmap": ("ENOMEM",),
}
LASTING = ("EIO", "ENOSPC", "EMFILE")  # what may not go away while the run lasts

CALL = re.compile(r"^(\d+) +(\w+)\(")
HERE = re.compile(r'AT_FDCWD<[^>]*>, "[^/"]|^\d+ +\w+\("[^/"]')
LIBRARIES = re.compile(r'["<]/(lib|lib64|usr|etc|proc|sys)\b')
INJECTED = re.compile(r"^\d+ +(\w+)\((.*) \(INJECTED\)")


class Injection(NamedTuple):
    """In strace's words: `openat` `error=EIO` `7`, or `7+` for that one and all later ones."""

    call: str
    what: str
    when: str

    def __str__(self):
        return f"{self.call}:{self.what}:when={self.when}"

    @property
    def kills(self):
        return self.what == "signal=SIGKILL"

    @property
    def error(self):
        return self.what.partition("error=")[2]


def parse(text):
    return Injection(*re.fullmatch(r"(\w+):(\w+=\w+):when=(\d+\+?)", text).groups())


def can_trace():
    """Whether a process may be traced here, with calls failing as they are told to."""
    command = ["strace", "-f", "-o", os.devnull, "-e", "inject=mkdirat,mkdir:error=ENOSPC"]
    try:
        ended = subprocess.run([*command, "mkdir", os.devnull + "/no"], capture_output=True)
    except OSError:
        return False
    return b"No space left" in ended.stderr


def count_calls(place):
    """A run without faults: call -> its numbers, in the thread that makes it, where it has to do
    with the run's own files. Before the first of these, and later where libraries are loaded,
    calls are the loader's. And the calls that no error is known for."""
    log = os.path.join(place.directory, "..", "log")
    place.prepare()
    place.run("strace", "-f", "-y", "-o", log, "-e", "trace=%file,%desc,syncfs")
    numbers = collections.Counter()
    calls = collections.defaultdict(set)
    loading = 0  # of the loader's mmaps, which fail first, and end what is no program yet
    started = False
    with open(log, errors="replace") as file:
        for line in file:
            found = CALL.match(line)
            if not found:
                continue
            thread, call = found.groups()
            numbers[thread, call] += 1
            started = started or is_of_the_run(line, place.directory)
            loading += call == "mmap" and not started
            is_loading = call == "mmap" and numbers[thread, call] <= loading
            if started and not is_loading and not LIBRARIES.search(line):
                calls[call].add(numbers[thread, call])
    untried = sorted(set(calls) - set(ANSWERS))
    return {call: sorted(calls[call]) for call in ANSWERS if call in calls}, untried


def is_of_the_run(line, directory):
    if "execve(" in line:
        return False
    return bool(HERE.search(line)) or directory in re.sub(r"AT_FDCWD<[^>]*>", "", line)


def injections_at(calls, left_alone=()):
    """Every call at every index at which it occurs: each error it can end with, once and, where
    the cause may last, from then on; and the end of the process."""
    found = []
    for call, indices in calls.items():
        if call in left_alone:
            continue
        for index in indices:
            for error in ANSWERS[call]:
                found.append(Injection(call, f"error={error}", str(index)))
                if error in LASTING:
                    found.append(Injection(call, f"error={error}", f"{index}+"))
            found.append(Injection(call, "signal=SIGKILL", str(index)))
    return found


class Injected(NamedTuple):
    ended: work.Ended
    hits: list  # of calls that were made to fail: (call, arguments and answer)


def inject(place, injection):
    """Runs a prepared place's work with the fault."""
    log = os.path.join(place.directory, "..", "log")
    # A filter in the kernel makes tracing cheap; a signal is not delivered through it.
    cheap = [] if injection.kills else ["--seccomp-bpf"]
    ended = place.run(
        "strace", "-f", *cheap, "-y", "-s", "0", "-o", log,
        "-e", f"trace={injection.call}", "-e", f"inject={injection}",
    )  # fmt: skip
    with open(log, errors="replace") as file:
        text = file.read()
    hits = [found.groups() for line in text.splitlines() if (found := INJECTED.match(line))]
    if injection.kills and "killed by SIGKILL" in text:
        hits.append((injection.call, "killed"))
    return Injected(ended, hits)
