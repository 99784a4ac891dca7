#!/usr/bin/env python3
"""project_schema.py PAYWALL SCHEMA: the schema of paywall.toml and the program know the same keys
and words, and agree on sample project files.

The program's keys are those that it lists where an unknown one is written. Exits with 77 where
python3-jsonschema or a TOML reader is missing.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

try:
    from jsonschema import Draft202012Validator
    try:
        import tomllib
    except ImportError:
        import tomli as tomllib
except ImportError:
    print("skipped: python3-jsonschema, or Python 3.11 with tomllib, is not installed")
    sys.exit(77)

paywall = os.path.abspath(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
defs = schema["$defs"]

unknown = "zzzzzzzzzzzzzzzzzzzzzzzz = 1\n"
section = "[[dialects.sections]]\n"
house = '[[dialects]]\nname = "house"\n'

# Where a table is, what must stand in it for the program to come to its unknown key, its properties.
tables = [
    ("", unknown, schema["properties"]),
    ("gate", '[gate]\nkey = "access"\n' + unknown, schema["properties"]["gate"]["properties"]),
    ("build", "[build]\n" + unknown, schema["properties"]["build"]["properties"]),
    ("rules", '[[rules]]\nfiles = "a"\n' + unknown, defs["rule"]["properties"]),
    ("dialects", house + unknown + section + 'divider = "{{paywall}}"\n',
     defs["dialect"]["properties"]),
    ("sections", house + section + 'open = "{{paywall}}"\nclose = "{{/paywall}}"\n' + unknown,
     defs["section"]["properties"]),
]

sound = [
    "",
    'dialect = "hugo"\nunmarked = "paid"\nencoding = "GB18030"\nplaceholder = "[more]"\n'
    'placeholder_inline = "more"\ncontent = "html"\nkeep_attributes = ["class"]\n'
    'deny = ["empty-section"]\nallow = "nothing-free"\nliteral = "docs/**"\n',
    'structured_data = true\nteaser = "20%,min=200,max=800"\nmetadata_run = "30,60"\n'
    'metadata_sentence = "12,25"\n[[rules]]\nfiles = "a"\nteaser = "paragraphs=2"\n',
    'dialect = ["wordpress", "pmpro"]\n[[rules]]\nfiles = ["forum/**"]\ndialect = "discuz"\n',
    '[gate]\nkey = "access"\nfree = ["public"]\nmembers = "m"\npayers = ["p"]\n'
    'plans = { gold = "gold" }\n',
    '[build]\npaths = ["content"]\npreview = "public"\nfull = "members"\nmember = "m"\n'
    'plans = { gold = "g" }\n',
    'dialect = "house"\n' + house + 'fences = true\nanchor = "<more>"\ncontent = ["{{page}}"]\n'
    + section + 'open = "{{paywall}}"\nelse = "{{other}}"\nclose = "{{/paywall}}"\n'
    'any-case = true\nattributes = "key-value"\npadding = "one"\nfor = "members"\nplans = "level"\n'
    'message = "say"\nprice = "price"\nignored = ["id"]\nnests = true\n'
    + section + 'divider = "% divide here"\nown-line = true\n',
]

faulty = [
    'dialct = "hugo"\n', "dialect = 5\n", 'unmarked = "none"\n', 'deny = ["no-such-rule"]\n',
    '[gate]\nfree = "a"\n', '[gate]\nkey = "a"\nplans = { a = 1 }\n', "[build]\npreview = 1\n",
    '[[rules]]\ndialect = "hugo"\n', "rules = 5\n", "[[dialects]]\nfences = true\n",
    '[[dialects]]\nname = "ghost"\n' + section + 'divider = "{{paywall}}"\n',
    '[[dialects]]\nname = "a,b"\n' + section + 'divider = "{{paywall}}"\n',
    house + section + 'open = "{{paywall}}"\n',
    house + section + 'open = "{{paywall}}"\nclose = "{{/paywall}}"\ndivider = "{{cut}}"\n',
    house + section + 'divider = "{{paywall}}"\nfor = "nobody"\n',
    house + section + 'divider = "{{paywall}}"\nattributes = "xml"\n',
    house + section + 'divider = "{{paywall}}"\npadding = "wide"\n',
    house + section + 'divider = "{{paywall}}"\nnests = 1\n', 'content = "pdf"\n',
    'structured_data = "yes"\n', 'teaser = "some"\n', 'metadata_run = "20"\n',
    'metadata_sentence = 12\n',
]


def run(text, *arguments):
    """What the program makes of a source beside that project file."""
    with open("paywall.toml", "w", encoding="utf-8") as out:
        out.write(text)
    return subprocess.run([paywall, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, check=False)


def main():
    with open("a.md", "w", encoding="utf-8") as out:
        out.write("text\n")
    for name, text, properties in tables:
        told = run(text, "check", "a.md")
        listed = re.search(r"unknown key '(z+)'; the keys here are (.*)", told.stderr)
        assert listed, (name, told.stderr)
        assert set(listed.group(2).split(", ")) == set(properties), (
            name, set(listed.group(2).split(", ")) ^ set(properties))
    dialects = [line.split()[0] for line in run("", "dialects").stdout.splitlines()]
    assert defs["built_in"]["enum"] == dialects, dialects
    told = run("", "check", "--deny", "zzzzzzzzzzzzzzzzzzzzzzzz", "a.md").stderr
    assert defs["warning"]["enum"] == told.split("the warnings are ")[1].split("\n")[0].split(), told
    used = set()
    for text in sound:
        told = run(text, "check", "a.md")
        assert told.returncode == 0, (text, told.stderr)
        validator.validate(tomllib.loads(text))
        used |= set(re.findall(r"^([a-z_-]+) =", text, re.MULTILINE))
    for text in faulty:
        told = run(text, "check", "a.md")
        assert told.returncode == 2, (text, told.stderr)
        assert not validator.is_valid(tomllib.loads(text)), text
    known = {key for _, _, properties in tables for key in properties}
    tables_of_files = {"gate", "build", "rules", "dialects", "sections"}
    assert used | tables_of_files == known, used ^ known
    print(f"{len(known)} keys, {len(sound)} sound and {len(faulty)} faulty project files")


with tempfile.TemporaryDirectory() as place:
    os.chdir(place)
    main()
