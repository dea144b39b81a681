"""What the template tests share: the command line under test, and cfn-lint."""

import json
import os
import subprocess
from pathlib import Path

from cfnlint.api import lint
from cfnlint.config import ManualArgs

ROOT = Path(__file__).resolve().parents[2]


def groundplan(*args, stdin=None):
    """Runs the command line; returns what it printed. Raises CalledProcessError for any exit but 0."""
    binary = os.environ.get("GROUNDPLAN")
    if not binary:
        raise RuntimeError("GROUNDPLAN is not set: run `cargo xtask test --only templates`")
    command = [binary, *map(str, args)]
    return subprocess.run(command, input=stdin, check=True, capture_output=True, encoding="utf-8", timeout=60).stdout


def groundplan_json(*args, stdin=None):
    """Like groundplan, for commands that print JSON."""
    return json.loads(groundplan(*args, stdin=stdin))


def complaints(template, region="ap-northeast-2"):
    """Errors and warnings of cfn-lint about the text of a template, a line each."""
    matches = lint(template, config=ManualArgs(regions=[region]))
    return [f"{match.rule.id} line {match.linenumber}: {match.message}" for match in matches if match.rule.id[0] in "EW"]
