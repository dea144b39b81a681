"""What runs on GitHub: the form of its files by their published schemas, and the steps of the action, the hook and the release, one by one."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

import yaml

from harness import ROOT, groundplan

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = {
    "github-workflows": WORKFLOWS,
    "github-actions": [ROOT / "action.yml", ROOT / "deploy/classroom/action.yml"],
    "github-issue-forms": sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"),
    "github-issue-config": [ROOT / ".github/ISSUE_TEMPLATE/config.yml"],
}
EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
# What stands in for programs that reach out of the machine or take minutes: they write down how they were called.
CURL = """#!/usr/bin/env bash
echo "curl $*" >>"$CALLS"
[ -n "${RELEASED:-}" ] || exit 22
for word in "$@"; do case $word in http*) cp "$RELEASED/${word##*/}" . ;; esac; done
"""
CARGO = """#!/usr/bin/env bash
echo "cargo $*" >>"$CALLS"
while [ $# -gt 1 ]; do [ "$1" != --root ] || cp "$GROUNDPLAN" "$2/bin/groundplan"; shift; done
"""


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Form(unittest.TestCase):
    def test_files_follow_their_schemas(self):
        for schema, files in FORMS.items():
            self.assertTrue(files, schema)
            with self.subTest(schema):
                command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)]
                done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_jobs_may_do_little_and_end_some_time(self):
        for path in WORKFLOWS:
            workflow = read(path)
            self.assertEqual(workflow["permissions"], {"contents": "read"}, path.name)
            for name, job in workflow["jobs"].items():
                with self.subTest(path=path.name, job=name):
                    self.assertIn("timeout-minutes", job)
                    self.assertLessEqual(set(job.get("needs", [])), set(workflow["jobs"]))
                    for step in job["steps"]:
                        self.assertRegex(step.get("uses", "actions/x@v1"), r"^actions/[a-z-]+@v\d+$")

    def test_what_workflows_call_is_there(self):
        ran = "\n".join(step.get("run", "") for path in WORKFLOWS for job in read(path)["jobs"].values() for step in job["steps"])
        self.assertIn(".ci/run", ran)
        self.assertTrue(os.access(ROOT / ".ci/run", os.X_OK))
        for packed in re.findall(r"deploy/[\w.-]+", ran):
            self.assertTrue((ROOT / packed).is_file(), packed)


class Steps(unittest.TestCase):
    """A machine with a repository in which a template changed."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.repository, self.tools, self.released = self.home / "repository", self.home / "tools", self.home / "released"
        for path in (self.repository / "net", self.tools, self.released, self.home / "temp"):
            path.mkdir(parents=True)
        for name, text in (("curl", CURL), ("cargo", CARGO)):
            (self.tools / name).write_text(text, encoding="utf-8")
            (self.tools / name).chmod(0o755)
        self.calls = self.home / "calls"
        self.calls.write_text("", encoding="utf-8")
        self.git("init", "--quiet")
        self.template = json.loads(groundplan("convert", "-", "--to", "json", stdin=groundplan("lab", "private-servers", "--solution")))
        self.commit("before")

    def git(self, *args):
        author = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
        return subprocess.run(["git", *author, *args], cwd=self.repository, check=True, capture_output=True, encoding="utf-8").stdout.strip()

    def commit(self, title):
        (self.repository / "net/a.template.json").write_text(json.dumps(self.template, indent=2), encoding="utf-8")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", title)

    def break_it(self):
        """A subnet gets a block outside its VPC."""
        subnet = next(one for one in self.template["Resources"].values() if one["Type"] == "AWS::EC2::Subnet")
        subnet["Properties"]["CidrBlock"] = "192.168.77.0/24"
        self.commit("after")

    def run_step(self, step, values, **more):
        """Runs a step of a file as a runner would: expressions filled in, with bash."""
        def filled(text):
            return EXPRESSION.sub(lambda found: values[found.group(1)], text)

        environment = {
            **os.environ,
            "PATH": f"{self.tools}{os.pathsep}{os.environ['PATH']}",
            "CALLS": str(self.calls),
            "RUNNER_TEMP": str(self.home / "temp"),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_STEP_SUMMARY": str(self.home / "summary.md"),
            "LC_ALL": "C.UTF-8",
            **{key: filled(text) for key, text in step.get("env", {}).items()},
            **more,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", filled(step["run"])]
        cwd = more.get("CWD", self.repository)
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)

    def act(self, since, release="v9.9.9", **more):
        """Runs the action on the template; gives the exit code of the step that checks, and what it printed."""
        action = read(ROOT / "action.yml")
        values = {f"inputs.{name}": one.get("default", "") for name, one in action["inputs"].items()}
        values.update({"inputs.files": "net/*.template.json", "inputs.since": since})
        values.update({"github.action_repository": "us/groundplan", "github.action_ref": release})
        for step in action["runs"]["steps"]:
            if "uses" in step:
                self.assertEqual(EXPRESSION.sub(lambda found: values[found.group(1)], step["with"]["path"]), "groundplan-report")
                continue
            done = self.run_step(step, values, **more)
            if step["name"] != "Check and draw":
                self.assertEqual(done.returncode, 0, done.stderr)
            else:
                checked = done
        return checked.returncode, checked.stdout + checked.stderr

    def assert_reported(self):
        report = self.repository / "groundplan-report"
        sarif = json.loads((report / "net-a.template.json.sarif").read_text(encoding="utf-8"))
        self.assertIn("subnet-outside-vpc", {one["ruleId"] for one in sarif["runs"][0]["results"]})
        self.assertIn("<svg", (report / "net-a.template.json.svg").read_text(encoding="utf-8"))
        summary = (self.home / "summary.md").read_text(encoding="utf-8")
        self.assertIn("[subnet-outside-vpc]", summary)
        self.assertIn("192.168.77.0/24", summary)

    def test_the_action_builds_where_there_is_no_release(self):
        since = self.git("rev-parse", "HEAD")
        self.break_it()
        code, said = self.act(since)
        self.assertEqual(code, 1, said)
        self.assert_reported()
        called = self.calls.read_text(encoding="utf-8").splitlines()
        self.assertIn("https://github.com/us/groundplan/releases/download/v9.9.9/groundplan-Linux-X64.tar.gz", called[0])
        self.assertEqual(called[1].split()[:6], ["cargo", "install", "--quiet", "--locked", "--path", str(ROOT)])

    def test_the_action_takes_what_the_release_packed(self):
        self.pack("command-line", {"target/release/groundplan": Path(os.environ["GROUNDPLAN"])})
        since = self.git("rev-parse", "HEAD")
        self.break_it()
        code, said = self.act(since, RELEASED=str(self.released))
        self.assertEqual(code, 1, said)
        self.assert_reported()
        self.assertNotIn("cargo", self.calls.read_text(encoding="utf-8"))

    def test_a_packed_file_that_was_changed_is_not_run(self):
        self.pack("command-line", {"target/release/groundplan": Path(os.environ["GROUNDPLAN"])})
        with (self.released / "groundplan-Linux-X64.tar.gz").open("ab") as file:
            file.write(b"more")
        step = next(one for one in read(ROOT / "action.yml")["runs"]["steps"] if one["name"] == "Get groundplan")
        values = {"github.action_repository": "us/groundplan", "github.action_ref": "v9.9.9"}
        self.assertNotEqual(self.run_step(step, values, RELEASED=str(self.released)).returncode, 0)
        self.assertFalse((self.home / "temp/groundplan/bin/groundplan").exists())

    def test_the_action_is_content_with_a_sound_template(self):
        self.assertEqual(self.act("")[0], 0)

    def pack(self, job, files):
        """Runs the step of the release that packs, over these files; what it made is what was released."""
        built = self.home / "built"
        for name, source in {"LICENSE": ROOT / "LICENSE", **files}.items():
            (built / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, built / name)
        steps = read(ROOT / ".github/workflows/release.yml")["jobs"][job]["steps"]
        step = next(one for one in steps if one.get("name") == "Pack")
        done = self.run_step(step, {}, CWD=str(built))
        self.assertEqual(done.returncode, 0, done.stderr)
        for file in (built / "out").iterdir():
            shutil.copy(file, self.released)

    def test_the_release_packs_the_page_with_what_hosts_it(self):
        names = ["deploy/headers.json", "deploy/hosting.yaml", "deploy/upload.sh"]
        self.pack("page", {"dist/index.html": ROOT / "index.html", **{name: ROOT / name for name in names}})
        with tarfile.open(self.released / "groundplan-page.tar.gz") as packed:
            self.assertLess({"dist/index.html", *names}, set(packed.getnames()))

    def test_a_tag_of_another_version_is_not_released(self):
        steps = read(ROOT / ".github/workflows/release.yml")["jobs"]["command-line"]["steps"]
        step = next(one for one in steps if one.get("name") == "Compare tag and version")
        (self.tools / "cargo").write_text("#!/bin/sh\necho path+file:///home/us/groundplan#0.4.2\n", encoding="utf-8")
        self.assertEqual(self.run_step(step, {}, GITHUB_REF_NAME="v0.4.2").returncode, 0)
        self.assertEqual(self.run_step(step, {}, GITHUB_REF_NAME="v0.4.3").returncode, 1)

    def test_the_hook_checks_what_is_committed(self):
        hook = read(ROOT / ".pre-commit-hooks.yaml")[0]
        self.assertEqual(hook["language"], "script")
        shutil.copy(os.environ["GROUNDPLAN"], self.tools / "groundplan")
        (self.repository / "notes.json").write_text("{}", encoding="utf-8")

        def commit():
            self.git("add", ".")
            files = [name for name in self.git("ls-files").splitlines() if re.search(hook["files"], name)]
            self.assertEqual(files, ["net/a.template.json"])
            return self.run_step({"run": f"{ROOT / hook['entry']} {' '.join(files)}"}, {})

        self.assertEqual(commit().returncode, 0)
        self.break_it()
        done = commit()
        self.assertEqual(done.returncode, 1)
        self.assertIn("[subnet-outside-vpc]", done.stdout)


if __name__ == "__main__":
    unittest.main()
