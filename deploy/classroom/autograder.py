#!/usr/bin/env python3
"""Marks a Groundplan lab in a class on GitHub: as the autograder.py of Classroom 50, or as a step of any workflow (action.yml beside this file).

It runs `groundplan grade` on the submission in the working folder and writes

  result.json       what Classroom 50 collects (classroom50/result/v1): a test for each check of the lab
  release-body.md   the same for people
  $GITHUB_OUTPUT    status, summary, score, max-score

Settings, all by the environment; in Classroom 50 the files lie in the assignment's bundle beside this one:

  GROUNDPLAN             the command line (else `groundplan` beside this file or on the path)
  GROUNDPLAN_LAB         the lab: the id of a built-in one, or a file (else the one *.lab.json beside this file)
  GROUNDPLAN_SUBMISSION  the submission (else the one *.submission.json in the working folder)
  GROUNDPLAN_LANG        ko or en (else en)

A student without a submission makes 0 of the lab's points, never 0 of 0. It exits with 1, and writes no result, only where nothing can be marked
at all: no command line, no lab. It needs Python 3.9 and nothing else. Nothing that students handed in is run.
"""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys

SCHEMA = "classroom50/result/v1"
SECONDS = 120


class Unfit(Exception):
    """The instructor's setup is wrong, and no student is to blame."""


def one(found, what, setting):
    """The one file of a list."""
    found = sorted(found)
    if len(found) == 1:
        return found[0]
    names = ", ".join(path.name for path in found) or "none"
    raise LookupError(f"There should be one {what}, and there is {names}. {setting} says which.")


def bundle():
    """Where the instructor's files lie."""
    return pathlib.Path(os.environ.get("CLASSROOM50_BUNDLE_DIR") or pathlib.Path(__file__).resolve().parent)


def command_line():
    """The program that marks."""
    named = os.environ.get("GROUNDPLAN")
    beside = bundle() / "groundplan"
    found = named or (str(beside) if beside.is_file() else shutil.which("groundplan"))
    if not found or not (pathlib.Path(found).is_file() or shutil.which(found)):
        raise Unfit(f"There is no Groundplan command line at {found or 'any place'}. Set GROUNDPLAN.")
    return found


def run(program, *arguments):
    """What the command line prints. An answer of no is an answer; anything else is not."""
    lang = os.environ.get("GROUNDPLAN_LANG") or "en"
    done = subprocess.run(
        [program, "--lang", lang, *arguments], capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
    )
    if done.returncode not in (0, 1) or not done.stdout:
        raise Unfit(done.stderr.strip() or f"groundplan {arguments[0]} ended with {done.returncode}.")
    return done.stdout


def lab_and_checks(program):
    """The lab, and what each of its checks is worth: (id, points), questions included."""
    named = os.environ.get("GROUNDPLAN_LAB")
    if not named:
        try:
            named = str(one(bundle().glob("*.lab.json"), "lab file (*.lab.json)", "GROUNDPLAN_LAB"))
        except LookupError as error:
            raise Unfit(str(error)) from error
    for lab in json.loads(run(program, "labs", "--format", "json")):
        if lab["id"] == named and not pathlib.Path(named).exists():
            checks = [(check["id"], check["points"]) for check in lab["checks"]]
            return named, checks or [("questions", lab["points"])]
    try:
        lab = json.loads(pathlib.Path(named).read_text(encoding="utf-8-sig"))
        return named, [(item["id"], item["points"]) for item in lab.get("checks") or lab["quiz"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unfit(f"{named} is neither a built-in lab nor a lab file ({error}).") from error


def said(message):
    """A text in the wanted language."""
    return message.get(os.environ.get("GROUNDPLAN_LANG") or "en", "") if isinstance(message, dict) else str(message)


def test(name, score, most, passed, why):
    return {"test-name": name, "passed": passed, "score": score, "max-score": most, "message": why}


def nothing(checks, why):
    """The tests of a student who handed in nothing that can be marked."""
    return [test(name, 0, points, False, why) for name, points in checks]


def marked(program, lab, checks):
    """A test for each check."""
    named = os.environ.get("GROUNDPLAN_SUBMISSION")
    try:
        file = pathlib.Path(named) if named else one(
            pathlib.Path.cwd().glob("*.submission.json"), "submission (*.submission.json)", "GROUNDPLAN_SUBMISSION"
        )
    except LookupError as error:
        return nothing(checks, str(error))
    if not file.is_file():
        return nothing(checks, f"There is no file {file.name}.")
    rows = json.loads(run(program, "grade", lab, str(file), "--format", "json"))
    row = rows[0]
    if row["problem"]:
        return nothing(checks, said(row["problem"]))
    tests = [
        test(f"{check['id']}: {said(check['says'])}", check["points"], check["of"], check["state"] == "holds", said(check["why"]))
        for check in row["checks"]
    ]
    # What was not asked of a bare drawing is not in its sum.
    if row["of"] > sum(check["of"] for check in row["checks"]):
        tests += [
            test(f"{quiz['id']}: {said(quiz['says'])}", quiz["points"], quiz["of"], quiz["points"] == quiz["of"], "")
            for quiz in row["quiz"]
        ]
    return [one for one in tests if one["max-score"] > 0]


def result(tests):
    """What Classroom 50 takes."""
    of = os.environ.get
    user, commit = of("USERNAME", ""), of("COMMIT_URL", "")
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "schema": SCHEMA,
        "classroom": of("CLASSROOM", ""),
        "assignment": of("ASSIGNMENT", ""),
        "assignment_type": of("ASSIGNMENT_TYPE") or "individual",
        "owner": of("OWNER") or user,
        "submission": of("SUBMISSION_TAG", ""),
        "commit": commit,
        "release": of("RELEASE_URL", ""),
        "review": of("REVIEW_URL") or commit,
        "datetime": now,
        "score": sum(one["score"] for one in tests),
        "max-score": sum(one["max-score"] for one in tests),
        "tests": tests,
    }


def cell(text):
    """A text within a table of Markdown: no cell ends, no tag begins."""
    flat = " ".join(text.split())
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "&#124;"), ("`", "&#96;"), ("[", "&#91;")):
        flat = flat.replace(sign, instead)
    return flat


def body(summary, tests):
    lines = [f"### {summary}", "", "| | | |", "|---|---|---|"]
    for one in tests:
        sign = "✅" if one["passed"] else "❌"
        why = "" if one["passed"] else cell(one["message"])
        lines.append(f"| {sign} {one['score']}/{one['max-score']} | {cell(one['test-name'])} | {why} |")
    return "\n".join(lines) + "\n"


def main():
    try:
        program = command_line()
        lab, checks = lab_and_checks(program)
        tests = marked(program, lab, checks)
    except (Unfit, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        print(f"groundplan: {error}", file=sys.stderr)
        return 1
    whole = result(tests)
    score, most = whole["score"], whole["max-score"]
    if most == 0:
        print("groundplan: the lab has no points to make", file=sys.stderr)
        return 1
    summary = f"Groundplan: {score}/{most}"
    text = body(summary, tests)
    pathlib.Path("result.json").write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    pathlib.Path("release-body.md").write_text(text, encoding="utf-8")
    for sink, what in (
        ("GITHUB_OUTPUT", f"status={'success' if score == most else 'failure'}\nsummary={summary}\nscore={score}\nmax-score={most}\n"),
        ("GITHUB_STEP_SUMMARY", text),
    ):
        if os.environ.get(sink):
            with open(os.environ[sink], "a", encoding="utf-8") as file:
                file.write(what)
    print(summary)
    return 0


if __name__ == "__main__":
    sys.exit(main())
