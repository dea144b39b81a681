"""What `deploy/` makes in the simulated AWS: the hosting as a stack, the command line that uploads, and the answers a visitor gets."""

import fnmatch
import json
import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from botocore.exceptions import ClientError
from cfnlint.decode import decode_str
from moto.server import ThreadedMotoServer

from account import stack
from harness import ROOT
from models import REGION, client, flat, model

TEMPLATE = (ROOT / "deploy/hosting.yaml").read_text(encoding="utf-8")
# moto has no such policies: what the template says of each, by the id that distributions name.
POLICIES = {}


@model("AWS::CloudFront::ResponseHeadersPolicy")
def headers_policy(p):
    flat(p, "ResponseHeadersPolicyConfig")
    config = p["ResponseHeadersPolicyConfig"]
    unknown = set(config) - {"Name", "SecurityHeadersConfig", "CustomHeadersConfig"}
    if unknown:
        raise ValueError(f"nothing sends {sorted(unknown)}")
    # A real policy has a UUID; the name keeps two of one stack apart.
    POLICIES[config["Name"]] = headers_of(config)
    return config["Name"], {"Id": config["Name"]}


def headers_of(config):
    """The headers that a response headers policy adds, by name."""
    security = dict(config["SecurityHeadersConfig"])
    headers = {item["Header"]: item["Value"] for item in config["CustomHeadersConfig"]["Items"]}
    own = {
        "ContentSecurityPolicy": ("Content-Security-Policy", lambda one: one["ContentSecurityPolicy"]),
        "ContentTypeOptions": ("X-Content-Type-Options", lambda one: "nosniff"),
        "FrameOptions": ("X-Frame-Options", lambda one: one["FrameOption"]),
        "ReferrerPolicy": ("Referrer-Policy", lambda one: one["ReferrerPolicy"]),
        "StrictTransportSecurity": ("Strict-Transport-Security", lambda one: f"max-age={one['AccessControlMaxAgeSec']}"),
    }
    for name, one in security.items():
        header, value = own[name]
        headers[header] = value(one)
    return headers


def without_denials(bucket):
    """moto reads no conditions, and takes what is denied over plain HTTP for denied at all."""
    policy = json.loads(client("s3").get_bucket_policy(Bucket=bucket)["Policy"])
    policy["Statement"] = [one for one in policy["Statement"] if one["Effect"] == "Allow"]
    client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


@contextmanager
def hosting():
    """The stack of hosting.yaml in an empty account; gives its outputs and an environment for the AWS command line."""
    template, problems = decode_str(TEMPLATE)
    assert not problems, problems
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        with stack(template) as outputs:
            without_denials(outputs["BucketName"])
            tools = Path(sys.executable).parent
            environment = {
                **os.environ,
                "AWS_ENDPOINT_URL": "http://{}:{}".format(*server.get_host_and_port()),
                "AWS_DEFAULT_REGION": REGION,
                "AWS_CONFIG_FILE": os.devnull,
                "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
                "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            }
            yield outputs, environment
    finally:
        server.stop()


def upload(folder, target, environment):
    """Runs the script that publishing runs; gives what it says, and its exit code."""
    command = ["bash", str(ROOT / "deploy/upload.sh"), str(folder), target]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=600, check=False)
    return done.returncode, done.stderr


class Visitor:
    """Somebody whose browser asks the distribution: what CloudFront's configuration and the bucket make of a path."""

    def __init__(self, distribution):
        self.config = client("cloudfront").get_distribution_config(Id=distribution)["DistributionConfig"]

    def asks(self, path):
        """Status, headers and body of the answer to GET."""
        key = path.lstrip("/") or self.config["DefaultRootObject"]
        behaviors = self.config.get("CacheBehaviors", {}).get("Items", [])
        matching = [one for one in behaviors if fnmatch.fnmatchcase(f"/{key}", "/" + one["PathPattern"].lstrip("/"))]
        behavior = (matching or [self.config["DefaultCacheBehavior"]])[0]
        origin = next(one for one in self.config["Origins"]["Items"] if one["Id"] == behavior["TargetOriginId"])
        policy = POLICIES[behavior["ResponseHeadersPolicyId"]]
        try:
            found = client("s3").get_object(Bucket=origin["DomainName"].split(".s3.")[0], Key=key)
        except ClientError as error:
            return error.response["ResponseMetadata"]["HTTPStatusCode"], dict(policy), b""
        own = {"Content-Type": found["ContentType"], "Cache-Control": found["CacheControl"]}
        if "ContentEncoding" in found:
            own["Content-Encoding"] = found["ContentEncoding"]
        return 200, {**own, **policy}, found["Body"].read()
