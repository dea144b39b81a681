"""Checks what the browser tests drew: `drawn.py DESIGN TEMPLATE`. The template that the page exported is the command line's, and it deploys."""

import sys
import unittest
from pathlib import Path

from deploys import Deploys
from harness import groundplan

SAVED, EXPORTED = (Path(argument).read_text(encoding="utf-8") for argument in sys.argv[1:3])


class Drawn(Deploys):
    def test_deploys(self):
        self.assertEqual(groundplan("convert", "-", "--to", "json", stdin=SAVED), EXPORTED)
        self.assert_deploys(SAVED)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
