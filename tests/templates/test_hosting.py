"""The hosting template lints clean and sends the headers that the page is tested under."""

import json
import unittest

from cfnlint.decode import decode_str

from harness import ROOT, complaints

TEMPLATE = (ROOT / "deploy/hosting.yaml").read_text(encoding="utf-8")
HEADERS = json.loads((ROOT / "deploy/headers.json").read_text(encoding="utf-8"))


def sent_headers():
    """The headers that the template's response headers policy adds, by name."""
    template, problems = decode_str(TEMPLATE)
    assert not problems, problems
    config = template["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    headers = {item["Header"]: item["Value"] for item in config["CustomHeadersConfig"]["Items"]}
    headers["Content-Security-Policy"] = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    headers["Referrer-Policy"] = security["ReferrerPolicy"]["ReferrerPolicy"]
    headers["X-Frame-Options"] = security["FrameOptions"]["FrameOption"]
    headers["Strict-Transport-Security"] = f"max-age={transport['AccessControlMaxAgeSec']}"
    if "ContentTypeOptions" in security:
        headers["X-Content-Type-Options"] = "nosniff"
    return headers


class Hosting(unittest.TestCase):
    def test_lints_clean(self):
        self.assertEqual(complaints(TEMPLATE, region="us-east-1"), [])

    def test_sends_the_headers_of_the_tested_page(self):
        self.assertEqual(sent_headers(), HEADERS)


if __name__ == "__main__":
    unittest.main()
