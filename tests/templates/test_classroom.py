"""Classes on GitHub: autograder.py as Classroom 50 runs it, and the steps of action.yml one by one."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

from harness import ROOT, groundplan

HERE = ROOT / "deploy/classroom"
LAB = "private-servers"
# What Classroom 50 sets for its autograder.
CLASS = {
    "CLASSROOM": "cloud-1",
    "ASSIGNMENT": "private",
    "ASSIGNMENT_TYPE": "individual",
    "USERNAME": "kim",
    "OWNER": "kim",
    "SUBMISSION_TAG": "submit/20261130T120000Z-abcdef0",
    "COMMIT_URL": "https://github.com/school/cloud-1-private-kim/commit/abcdef0",
    "RELEASE_URL": "https://github.com/school/cloud-1-private-kim/releases/tag/x",
}
# What result.json must have, by classroom50/result/v1, and of which form.
FIELDS = {
    "schema": str, "classroom": str, "assignment": str, "assignment_type": str, "owner": str, "submission": str, "commit": str,
    "release": str, "review": str, "datetime": str, "score": int, "max-score": int, "tests": list,
}


def submission(design, **more):
    return json.dumps({"groundplan_submission": 1, "lab": LAB, "student": "kim", "design": design, **more})


class Classroom(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.solution = json.loads(groundplan("lab", LAB, "--solution"))
        cls.start = json.loads(groundplan("lab", LAB, "--start"))

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def hand_in(self, text, name="lab.submission.json"):
        (self.folder / name).write_text(text, encoding="utf-8")

    def grade(self, code=0, **more):
        """Runs the autograder in the student's folder; gives what it wrote."""
        environment = {**os.environ, **CLASS, "GROUNDPLAN_LAB": LAB, "GITHUB_OUTPUT": str(self.folder / "output"), **more}
        done = subprocess.run(
            ["python3", str(HERE / "autograder.py")], cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        self.assertEqual(done.returncode, code, done.stderr)
        file = self.folder / "result.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None

    def check_form(self, result):
        self.assertEqual(set(result), set(FIELDS))
        for key, form in FIELDS.items():
            self.assertIsInstance(result[key], form, key)
            self.assertTrue(form is int or result[key], f"{key} is empty")
        self.assertEqual(result["schema"], "classroom50/result/v1")
        self.assertRegex(result["datetime"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertTrue(result["submission"].startswith("submit/"))
        for test in result["tests"]:
            self.assertTrue(test["test-name"])
            self.assertIsInstance(test["passed"], bool)
            self.assertLessEqual(test["score"], test["max-score"])
        self.assertEqual(result["score"], sum(test["score"] for test in result["tests"]))
        self.assertEqual(result["max-score"], sum(test["max-score"] for test in result["tests"]))
        self.assertGreater(result["max-score"], 0, "never 0 of 0")

    def test_the_solution_makes_every_point(self):
        self.hand_in(submission(self.solution))
        result = self.grade()
        self.check_form(result)
        self.assertEqual(result["score"], result["max-score"])
        self.assertTrue(all(test["passed"] for test in result["tests"]))
        self.assertIn("status=success\n", (self.folder / "output").read_text(encoding="utf-8"))

    def test_the_start_misses_points_and_says_why(self):
        self.hand_in(submission(self.start))
        result = self.grade(GROUNDPLAN_LANG="ko")
        self.check_form(result)
        self.assertLess(result["score"], result["max-score"])
        failed = [test for test in result["tests"] if not test["passed"]]
        self.assertTrue(failed and all(re.search("[가-힣]", test["message"]) for test in failed))
        self.assertIn("❌", (self.folder / "release-body.md").read_text(encoding="utf-8"))

    def test_what_cannot_be_marked_is_nothing_of_all_points(self):
        cases = {
            "nothing": [],
            "two": [submission(self.solution), submission(self.solution)],
            "cut short": [submission(self.solution)[:-30]],
            "another lab": [submission(self.solution).replace(LAB, "six-subnets")],
            "a picture": ["\u0089PNG"],
        }
        for what, texts in cases.items():
            with self.subTest(what):
                for old in self.folder.iterdir():
                    old.unlink()
                for number, text in enumerate(texts):
                    self.hand_in(text, f"{number}.submission.json")
                result = self.grade()
                self.check_form(result)
                self.assertEqual((result["score"], result["max-score"]), (0, 100))
                self.assertTrue(all(test["message"] for test in result["tests"]))

    def test_names_stay_text_in_the_report(self):
        design = json.loads(json.dumps(self.start).replace('"name":"', '"name":"<img src=x>|'))
        self.hand_in(submission(design))
        self.check_form(self.grade())
        self.assertNotIn("<img", (self.folder / "release-body.md").read_text(encoding="utf-8"))

    def test_an_instructors_mistake_is_no_students_mark(self):
        self.hand_in(submission(self.solution))
        self.assertIsNone(self.grade(1, GROUNDPLAN="/nowhere/groundplan"))
        self.assertIsNone(self.grade(1, GROUNDPLAN_LAB="no-such-lab"))
        (self.folder / "broken.lab.json").write_text("{", encoding="utf-8")
        self.assertIsNone(self.grade(1, GROUNDPLAN_LAB=str(self.folder / "broken.lab.json")))

    def test_a_lab_file_of_the_bundle_is_found(self):
        bundle = self.folder / "bundle"
        bundle.mkdir()
        (bundle / "own.lab.json").write_text((ROOT / f"public/labs/{LAB}.lab.json").read_text(encoding="utf-8"), encoding="utf-8")
        self.hand_in(submission(self.solution))
        result = self.grade(GROUNDPLAN_LAB="", CLASSROOM50_BUNDLE_DIR=str(bundle))
        self.check_form(result)
        self.assertEqual(result["score"], 100)

    def run_action(self, **inputs):
        """Runs the steps of the action as a runner would: expressions filled in, outputs handed on."""
        action = yaml.safe_load((HERE / "action.yml").read_text(encoding="utf-8"))
        given = {name: inputs.get(name.replace("-", "_"), spec.get("default", "")) for name, spec in action["inputs"].items()}
        outputs = {}

        def filled(text):
            def value(found):
                words = found.group(1).strip().split(".")
                return given[words[1]] if words[0] == "inputs" else outputs[words[1]][words[3]]
            return re.sub(r"\$\{\{(.+?)\}\}", value, text)

        for step in action["runs"]["steps"]:
            sink = self.folder / "step-output"
            sink.write_text("", encoding="utf-8")
            environment = {**os.environ, **{key: filled(text) for key, text in step.get("env", {}).items()}}
            environment.update(GITHUB_ACTION_PATH=str(HERE), GITHUB_OUTPUT=str(sink), GITHUB_STEP_SUMMARY=str(self.folder / "summary.md"))
            done = subprocess.run(["bash", "-e", "-c", filled(step["run"])], cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False)
            if done.returncode:
                return False, outputs
            lines = sink.read_text(encoding="utf-8").splitlines()
            if "id" in step:
                outputs[step["id"]] = dict(line.split("=", 1) for line in lines)
        return True, {name: filled(spec["value"]) for name, spec in action["outputs"].items()}

    def test_the_action_passes_and_fails_by_percent(self):
        self.hand_in(submission(self.solution))
        tool = os.environ["GROUNDPLAN"]
        passed, outputs = self.run_action(lab=LAB, groundplan=tool, fail_under="100")
        self.assertTrue(passed)
        self.assertEqual(outputs, {"score": "100", "max-score": "100", "status": "success"})
        self.assertIn("Groundplan: 100/100", (self.folder / "summary.md").read_text(encoding="utf-8"))
        self.hand_in(submission(self.start))
        passed, outputs = self.run_action(lab=LAB, groundplan=tool)
        self.assertTrue(passed)
        self.assertEqual(outputs["status"], "failure")
        passed, _ = self.run_action(lab=LAB, groundplan=tool, fail_under="60")
        self.assertFalse(passed)


if __name__ == "__main__":
    unittest.main()
