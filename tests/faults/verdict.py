"""What must hold after a run, whatever happened in it."""

import json
import re
import signal

import tree
import work

TEMPORARY = re.compile(r"(^|/)\.paywall[^/]*")  # but for .paywall/, where the state is
# A file: it has no name or, where that cannot be, one with a number less than a tree's; or it is
# in a new directory of a similar name, and its own has a dot, unlike those of directories.
UNFINISHED = (
    r"/[^>]*(#\d+|\.paywall-\d+-\d+\.tmp|\.paywall-[\d-]+\.tmp/[^>]*\.\w+)( ?\(deleted\))?>"
)
WRITING = {"write", "writev", "pwrite64", "pwritev", "close", "copy_file_range", "ftruncate"}
SYNCING = {"fsync", "fdatasync", "syncfs"}


def is_temporary(path):
    return path != ".paywall" and not path.startswith(".paywall/") and bool(TEMPORARY.search(path))


def secrets_in(outputs):
    """Paid words where the public may come."""
    return [
        f"{path} holds paid words"
        for path, content in outputs.items()
        if path.startswith("p/") and isinstance(content, bytes)
        if any(secret in content for secret in tree.SECRETS)
    ]


def mixtures_in(outputs, old, new, whole):
    """Outputs that are neither what they were nor what they were to be. `whole`: so each tree
    as a whole."""
    found = []
    for root in ("p", "f"):
        trees = [
            {path: content for path, content in these.items() if path.startswith(root + "/")}
            for these in (outputs, old, new)
        ]
        now, was, to_be = trees
        if whole and now not in (was, to_be):
            found.append(f"{root} is neither the old tree nor the new one")
        for path in sorted(set(now) | set(was) | set(to_be)):
            if is_temporary(path):
                continue
            if now.get(path) not in (was.get(path), to_be.get(path)):
                found.append(f"{path} is neither the old output nor the new one")
    return found


def files(outputs):
    """The editions: no empty directories, no state, no report."""
    return {
        path: content
        for path, content in outputs.items()
        if path.startswith(("p/", "f/")) and content != "/"
    }


def ignored(hits, directory):
    """Failures of outputs' own calls, which no run may call a success."""
    for call, text in hits:
        if "EINTR" in text:
            continue
        if call in SYNCING and "/.paywall" not in text:  # SQLite's; it syncs directories at will
            return f"{call} failed, and the run says all is well"
        if call in WRITING and re.search(re.escape(directory) + UNFINISHED, text):
            return f"{call} of an output failed, and the run says all is well"
    return None


def false_reports(outputs, new, status):
    """What a report of this run says that is not so."""
    if work.REPORT not in outputs:
        return []
    found = []
    *sources, _ = [json.loads(line) for line in outputs[work.REPORT].splitlines()]
    for source in sources:
        for output in source["outputs"]:
            path, change = output["path"], output["change"]
            expected = None if change == "removed" else new.get(path)
            if change != "kept" and outputs.get(path) != expected:
                found.append(f"{path} is reported as {change}, and is not")
        if source["verdict"] == "failed" and status != 3:
            found.append(f"{source['path']} is reported as failed, and the run ends with {status}")
    return found


def after_fault(injection, injected, outputs, old, new, clean_status, what, directory):
    """Every promise that a run with this fault broke."""
    status, error = injected.ended
    found = secrets_in(outputs)
    found += false_reports(outputs, new, status)
    found += mixtures_in(outputs, old, new, whole="--all-or-nothing" in what.arguments)
    if status is None:
        found.append("the run does not end")
    elif status < 0 and not (injection.kills and status == -signal.SIGKILL):
        found.append(f"the run died of {signal.Signals(-status).name}: {error[-300:]}")
    elif status == clean_status:
        if files(outputs) != files(new):
            found.append(f"exit {status}, but not every output is there")
        if told := ignored(injected.hits, directory):
            found.append(told)
    elif status == 2 and files(outputs) != files(old):
        found.append("exit 2, but something was done")
    elif status not in (2, 3, 127) and not injection.kills:  # 127: no library to be loaded
        found.append(f"exit {status}, which means something else")
    elif status == 3 and not error and not injection.call.startswith(("write", "pwrite")):
        found.append("exit 3, and not a word why")
    if may_clean_up(injection, injected.hits):
        found += [f"{path} is left over" for path in outputs if is_temporary(path)]
    return found


def may_clean_up(injection, hits):
    """Whether a run can be asked to remove what it did not finish: it was not killed, and nothing
    that a removal needs was what failed."""
    removals = any(
        call.startswith("unlink")
        or (".paywall-" in text and "O_CREAT" not in text and not re.search(UNFINISHED, text))
        for call, text in hits
    )
    return not (injection.kills or removals or injection.when.endswith("+"))


def after_next(ended, outputs, new, clean_status):
    """What a clean run after it did not put right."""
    found = []
    if ended.status != clean_status:
        found.append(f"the next run ends with {ended.status}: {ended.error[-300:]}")
    for path in sorted(set(outputs) | set(new)):
        if path == work.REPORT:  # it tells the time
            continue
        if outputs.get(path) != new.get(path):
            kind = "is left over" if path not in new else "is not right"
            found.append(f"after the next run {path} {kind}")
    return found
