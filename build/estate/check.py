#!/usr/bin/env python3
"""Compares Demarc's verdicts with the truth file of a generated AWS Config estate.

    check.py TRUTH.jsonl verdicts VERDICTS.jsonl     output of `demarc evaluate`
    check.py TRUTH.jsonl store DIR                   data directory after `demarc ingest`

Only the controls with an exact counterpart among the rows are compared (docs/estate.md). Exit status 1 when a verdict differs.
"""
import collections
import json
import os
import sqlite3
import sys

COUNTERPARTS = {
    "s3-versioning-enabled": "DAT-06",
    "s3-tls-only-policy": "DAT-03",
    "rds-storage-encrypted": "DAT-01",
    "rds-backup-7-days": "OPS-04",
    "lambda-no-public-invoke": "IDN-03",
}
COMPLIANT = {"COMPLIANT": True, "NON_COMPLIANT": False}


def from_lines(path):
    verdicts = {}
    with open(path) as lines:
        for line in lines:
            row = json.loads(line)
            if "verdict" in row:
                key = row["account"], row["serviceType"], row["resource"], row["control"]
                if row["observedAt"] >= verdicts.get(key, ("", None))[0]:
                    verdicts[key] = row["observedAt"], row["verdict"]
    return {key: verdict for key, (_, verdict) in verdicts.items()}


def from_store(folder):
    verdicts = {}
    database = sqlite3.connect(os.path.join(folder, "demarc.db"))
    for (body,) in database.execute("SELECT body FROM observation"):
        observation = json.loads(body)
        _, account, _, service_type, resource = observation["resource"].split("|", 4)
        for control, verdict in observation["verdicts"].items():
            verdicts[account, service_type, resource, control] = verdict["verdict"]
    return verdicts


def main():
    truth, kind, source = sys.argv[1:4]
    verdicts = from_lines(source) if kind == "verdicts" else from_store(source)
    counts = collections.Counter()
    examples = {}
    with open(truth) as lines:
        for line in lines:
            row = json.loads(line)
            control = COUNTERPARTS.get(row["control"])
            if control is None:
                continue
            said = verdicts.get((row["account"], row["type"], row["id"], control))
            # A deleted resource has no verdict; anything but COMPLIANT or NON_COMPLIANT is a difference.
            right = said is None if row["compliant"] is None else COMPLIANT.get(said) is row["compliant"]
            counts[row["control"], "right" if right else "wrong"] += 1
            if not right:
                examples.setdefault(row["control"], (row["id"], row["compliant"], said))
    for (control, outcome), count in sorted(counts.items()):
        print(f"{control:26} {COUNTERPARTS[control]}  {outcome} {count}")
    for control, example in examples.items():
        print(f"example of {control}: {example}")
    return 1 if examples or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
