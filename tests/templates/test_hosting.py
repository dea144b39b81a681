"""Hosting as `deploy/` makes it: the template, the headers that the page is tested under, and the page uploaded and asked for."""

import json
import tempfile
import unittest
from pathlib import Path

from cfnlint.decode import decode_str

from harness import ROOT, complaints
from hosted import TEMPLATE, Visitor, headers_of, hosting, upload
from models import client

HEADERS = json.loads((ROOT / "deploy/headers.json").read_text(encoding="utf-8"))
CHANGED = json.loads((ROOT / "deploy/embed-headers.json").read_text(encoding="utf-8"))
EMBED_HEADERS = {name: value for name, value in {**HEADERS, **CHANGED}.items() if value is not None}
IMMUTABLE = "public, max-age=31536000, immutable"
# A page as `cargo xtask build` leaves it: whether a name has a hash, its type, and whether a compressed copy stands beside it.
# The hash of the program has lost a leading zero, as Trunk prints it.
PAGE = {
    "index.html": (False, "text/html; charset=utf-8", True),
    "embed.html": (False, "text/html; charset=utf-8", True),
    "boot-b3ee834d8e4731c2.js": (True, "text/javascript; charset=utf-8", True),
    "style-7247485a8a1ac86b.css": (True, "text/css; charset=utf-8", True),
    "favicon-735d70e390a97316.svg": (True, "image/svg+xml", True),
    "groundplan-app-8309c7e01111a69_bg.wasm": (True, "application/wasm", True),
    "parts/desk-e5687d92ee7a919f.wasm": (True, "application/wasm", True),
    "labs/index.json": (False, "application/json", False),
}
# Two releases that differ in a part: every call of the AWS command line takes a second.
OLD, NEXT = "parts/desk-e5687d92ee7a919f.wasm", "parts/desk-00000000deadbeef.wasm"
FIRST, SECOND = ["index.html", "embed.html", OLD], ["index.html", "embed.html", NEXT]


def build(folder, names=PAGE, release=1):
    """Writes the files of a release."""
    for name in names:
        file = Path(folder, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"{name} {release}".encode())
        if PAGE.get(name, (True, "", True))[2]:
            Path(f"{file}.br").write_bytes(f"{name} {release} br".encode())


def kept(bucket):
    """What the bucket has: the tags of each key."""
    s3 = client("s3")
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    return {key: {tag["Key"]: tag["Value"] for tag in s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]} for key in keys}


def written(bucket):
    """Every version in the order in which it was written, and when."""
    versions = client("s3").list_object_versions(Bucket=bucket)["Versions"]
    return sorted((one["LastModified"], one["Key"]) for one in versions)


class Template(unittest.TestCase):
    def test_lints_clean(self):
        self.assertEqual(complaints(TEMPLATE, region="us-east-1"), [])

    def test_sends_the_headers_of_the_tested_page(self):
        template, problems = decode_str(TEMPLATE)
        self.assertFalse(problems)
        for name, headers in (("Headers", HEADERS), ("EmbedHeaders", EMBED_HEADERS)):
            self.assertEqual(headers_of(template["Resources"][name]["Properties"]["ResponseHeadersPolicyConfig"]), headers)
        # Who may frame the page is all that differs.
        self.assertEqual(set(CHANGED), {"Content-Security-Policy", "Cross-Origin-Resource-Policy", "X-Frame-Options"})
        self.assertEqual(HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *"), CHANGED["Content-Security-Policy"])


class Published(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.outputs, self.environment = self.enterContext(hosting())
        self.template = decode_str(TEMPLATE)[0]
        self.bucket = self.outputs["BucketName"]
        self.visitor = Visitor(self.outputs["DistributionId"])

    def publish(self, names=PAGE, release=1, path=""):
        folder = self.folder / str(release)
        build(folder, names, release)
        self.assertEqual(upload(folder, f"s3://{self.bucket}{path}", self.environment), (0, ""))

    def assert_served(self, names, release=1, path=""):
        for name in names:
            has_hash, kind, compressed = PAGE.get(name, (True, "application/wasm", True))
            with self.subTest(name=name, path=path):
                status, headers, body = self.visitor.asks(f"{path}/{name}")
                encoding = {"Content-Encoding": "br"} if compressed else {}
                own = {"Content-Type": kind, "Cache-Control": IMMUTABLE if has_hash else "no-cache", **encoding}
                self.assertEqual((status, headers), (200, {**own, **(EMBED_HEADERS if name == "embed.html" else HEADERS)}))
                self.assertEqual(body.decode(), f"{name} {release}{' br' if compressed else ''}")

    def test_only_the_distribution_reads_the_bucket_and_only_encrypted(self):
        s3 = client("s3")
        open_to = json.loads(s3.get_bucket_policy(Bucket=self.bucket)["Policy"])["Statement"]
        arn = client("cloudfront").get_distribution(Id=self.outputs["DistributionId"])["Distribution"]["ARN"]
        self.assertEqual([one["Condition"] for one in open_to], [{"StringEquals": {"aws:SourceArn": arn}}])
        self.assertEqual(sorted(open_to[0]["Action"]), ["s3:GetObject", "s3:ListBucket"])
        denied = [one for one in self.template["Resources"]["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"] if one["Effect"] == "Deny"]
        self.assertEqual([one["Condition"] for one in denied], [{"Bool": {"aws:SecureTransport": "false"}}])
        block = s3.get_public_access_block(Bucket=self.bucket)["PublicAccessBlockConfiguration"]
        self.assertEqual(set(block.values()), {True})
        self.assertEqual(self.visitor.config["DefaultCacheBehavior"]["ViewerProtocolPolicy"], "redirect-to-https")
        controls = client("cloudfront").list_origin_access_controls()["OriginAccessControlList"]["Items"]
        self.assertEqual([(one["SigningBehavior"], one["OriginAccessControlOriginType"]) for one in controls], [("always", "s3")])

    def test_every_file_arrives_as_browsers_need_it(self):
        self.publish()
        self.assert_served(PAGE)
        order = [key for _, key in written(self.bucket)]
        self.assertEqual((sorted(order), order[-1]), (sorted(PAGE), "index.html"))
        self.assertEqual(self.visitor.asks("/")[2], b"index.html 1 br")
        # What is not there is answered under the same policy.
        for missing in ("/nothing", "/parts/desk-0000000000000000.wasm", "/boot-b3ee834d8e4731c2.js.br"):
            self.assertEqual(self.visitor.asks(missing)[:2], (404, HEADERS))

    def test_files_of_an_earlier_release_stay_for_open_pages_and_go_after_30_days(self):
        self.publish(FIRST)
        for key, stranger in (("notes.txt", "ours"), ("other/app-0123456789abcdef.js", "of another page")):
            client("s3").put_object(Bucket=self.bucket, Key=key, Body=stranger.encode())
        self.publish(SECOND, release=2)
        self.assert_served(SECOND, release=2)
        # The page of the first release goes on, with all that a browser must know of the file.
        self.assert_served([OLD], release=1)
        self.assertEqual({key: tags for key, tags in kept(self.bucket).items() if tags}, {OLD: {"superseded": "yes"}})
        # Its days count from here, and a third release does not begin them anew.
        begun = [when for when, key in written(self.bucket) if key == OLD]
        self.assertEqual(len(begun), 2)
        self.publish(SECOND, release=3)
        self.assertEqual([when for when, key in written(self.bucket) if key == OLD], begun)
        # Who goes back to the first release has its file for good.
        self.publish(FIRST, release=4)
        self.assertEqual({key for key, tags in kept(self.bucket).items() if tags}, {NEXT})
        rules = client("s3").get_bucket_lifecycle_configuration(Bucket=self.bucket)["Rules"]
        ends = [one for one in rules if one.get("Expiration", {}).get("Days")]
        self.assertEqual([one["Filter"] for one in ends], [{"Tag": {"Key": "superseded", "Value": "yes"}}])
        self.assertEqual([(one["Expiration"]["Days"], one["Status"]) for one in ends], [(30, "Enabled")])

    def test_two_pages_below_one_domain_leave_each_other_alone(self):
        self.publish(FIRST, path="/class/2027/", release=2)
        self.publish(SECOND, release=3)
        self.assert_served(FIRST, release=2, path="/class/2027")
        self.assert_served(SECOND, release=3)
        self.assertEqual(self.visitor.asks("/class/2027/")[2], b"index.html 2 br")
        self.assertEqual(self.visitor.asks("/")[2], b"index.html 3 br")
        self.assertFalse([key for key, tags in kept(self.bucket).items() if tags])

    def test_what_cannot_be_uploaded_is_refused(self):
        build(self.folder / "odd", ["index.html", "film-0123456789abcdef.mp4"])
        code, said = upload(self.folder / "odd", f"s3://{self.bucket}", self.environment)
        self.assertEqual((code, said), (1, "upload.sh: nothing says of which type film-0123456789abcdef.mp4 is\n"))
        for folder, target in ((self.folder, f"s3://{self.bucket}"), (self.folder / "odd", self.bucket)):
            self.assertEqual(upload(folder, target, self.environment)[0], 2)
        self.assertNotIn("Contents", client("s3").list_objects_v2(Bucket=self.bucket))


if __name__ == "__main__":
    unittest.main()
