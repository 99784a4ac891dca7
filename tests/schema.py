"""What tests of the schemas share: they run the program named first against the schema named second,
in an empty directory. Exits with 77 where python3-jsonschema is missing.
"""
import json
import os
import sys
import tempfile

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

PAYWALL = os.path.abspath(sys.argv[1])


def read_validator():
    with open(sys.argv[2], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


VALIDATOR = read_validator()


def refuse_wrong(line, wrong, needed):
    """The schema is no rubber stamp: neither with these changes nor without one of these keys is
    the line right.
    """
    for change in wrong:
        assert not VALIDATOR.is_valid({**line, **change}), change
    for key in needed:
        assert not VALIDATOR.is_valid({k: v for k, v in line.items() if k != key}), key


def run_in_directory(test):
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        test()
