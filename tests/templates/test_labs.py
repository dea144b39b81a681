"""The templates of the labs deploy and give what the designs say."""

from deploys import Deploys
from harness import ROOT


class Labs(Deploys):
    def test_two_zones(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab1.json").read_text(encoding="utf-8"))
        self.assertEqual(outputs["WebLoadBalancerUrl"], f"http://{outputs['WebLoadBalancerDnsName']}")
        self.assertRegex(outputs["WebInstanceAPublicIp"], r"^\d+\.\d+\.\d+\.\d+$")

    def test_second_from_image(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab2.json").read_text(encoding="utf-8"))
        for server in ("WebInstanceA", "WebInstanceC"):
            self.assertRegex(outputs[f"{server}PublicIp"], r"^\d+\.\d+\.\d+\.\d+$")

    def test_named_server(self):
        self.assert_deploys((ROOT / "tests/golden/lab5.json").read_text(encoding="utf-8"))

    def test_https_at_balancer(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab6.json").read_text(encoding="utf-8"))
        self.assertEqual(outputs["WebLoadBalancerUrl"], "https://www.example.com")

    def test_private_servers(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab7.json").read_text(encoding="utf-8"))
        self.assertEqual(outputs["WebLoadBalancerUrl"], "https://www.example.com")
        self.assertRegex(outputs["BastionInstancePublicIp"], r"^\d+\.\d+\.\d+\.\d+$")

    def test_listener_rules(self):
        self.assert_deploys((ROOT / "tests/golden/lab8.json").read_text(encoding="utf-8"))

    def test_fargate(self):
        for way in ("nat", "endpoints"):
            outputs = self.assert_deploys((ROOT / f"tests/golden/lab10-{way}.json").read_text(encoding="utf-8"))
            self.assertEqual(outputs["WebLoadBalancerUrl"], "https://www.example.com")

    def test_auto_scaling(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab9.json").read_text(encoding="utf-8"))
        self.assertEqual(outputs["WebLoadBalancerUrl"], f"http://{outputs['WebLoadBalancerDnsName']}")

    def test_account_used_well(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab13.json").read_text(encoding="utf-8"))
        self.assertRegex(outputs["AdminIamUserFirstPassword"], "^arn:aws:secretsmanager:")

    def test_six_subnets(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab4.json").read_text(encoding="utf-8"))
        self.assertRegex(outputs["BastionInstancePublicIp"], r"^\d+\.\d+\.\d+\.\d+$")

    def test_rolling_delivery(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab11.json").read_text(encoding="utf-8"))
        self.assertTrue(outputs["WebLoadBalancerUrl"].startswith("http://"))

    def test_static_site(self):
        outputs = self.assert_deploys((ROOT / "tests/golden/lab12.json").read_text(encoding="utf-8"))
        self.assertRegex(outputs["SiteCloudfrontDistributionDomainName"], r"\.cloudfront\.net$")
