"""The check that every template goes through: it lints clean, creates, reads back as the design, and opens as the design again."""

import json
import unittest

from account import Account, stack
from cfnlint.decode import cfn_yaml
from expected import Expected
from harness import complaints, groundplan, groundplan_json

# What both the account and the design can tell; an action is part of a listener.
SORTS = sorted(name for name in set(dir(Account)) & set(dir(Expected)) - {"action"} if not name.startswith("_"))


class Deploys(unittest.TestCase):
    maxDiff = None

    def assert_deploys(self, design):
        """Checks the text of a design file; gives the outputs of its stack."""
        design = groundplan("convert", "-", "--to", "design", stdin=design)
        text = groundplan("convert", "-", "--to", "json", stdin=design)
        template = json.loads(text)
        self.assertEqual(complaints(text), [])
        self.assertEqual(cfn_yaml.loads(groundplan("convert", "-", "--to", "yaml", stdin=design)), template)
        self.assertEqual(groundplan("convert", "-", "--to", "design", stdin=text), design)
        with stack(template) as outputs:
            account, expected = Account(), Expected(json.loads(design))
            for sort in SORTS:
                with self.subTest(sort=sort):
                    want, got = getattr(expected, sort)(), getattr(account, sort)()
                    for name, item in got.items():
                        if "attributes" in item and name in want:
                            known = want[name]["attributes"]
                            item["attributes"] = {key: value for key, value in item["attributes"].items() if key in known}
                    self.assertEqual(got, want)
        return outputs


__all__ = ["Deploys", "groundplan_json"]
