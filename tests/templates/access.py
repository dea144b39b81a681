"""IAM under test: models that create users, groups, roles and policies, what the account then holds, and what it must hold.

CloudFormation names what has no fixed name, and groups, policies and profiles take no tags: such are told apart by what they hold.
"""

import json

from models import client, flat, model

GENERATED = "stack-"
HOLDER = ("ManagedPolicyArns", "Policies")


def fixed(name):
    return None if name.startswith(GENERATED) else name


def attach(kind, name, p):
    """Gives a user, group or role its policies."""
    iam, who = client("iam"), {f"{kind.capitalize()}Name": name}
    for arn in p.get("ManagedPolicyArns", []):
        getattr(iam, f"attach_{kind}_policy")(PolicyArn=arn, **who)
    for policy in p.get("Policies", []):
        document = json.dumps(policy["PolicyDocument"])
        getattr(iam, f"put_{kind}_policy")(PolicyName=policy["PolicyName"], PolicyDocument=document, **who)


@model("AWS::SecretsManager::Secret")
def secret(p, logical):
    flat(p, "GenerateSecretString")
    vault = client("secretsmanager")
    value = vault.get_random_password(**p["GenerateSecretString"])["RandomPassword"]
    return vault.create_secret(Name=GENERATED + logical, SecretString=value)["ARN"]


@model("AWS::IAM::ManagedPolicy")
def managed_policy(p, logical):
    flat(p, "PolicyDocument", "ManagedPolicyName")
    name = p.get("ManagedPolicyName", GENERATED + logical)
    return client("iam").create_policy(PolicyName=name, PolicyDocument=json.dumps(p["PolicyDocument"]))["Policy"]["Arn"]


@model("AWS::IAM::Group")
def group(p, logical):
    flat(p, "GroupName", *HOLDER)
    name = p.get("GroupName", GENERATED + logical)
    client("iam").create_group(GroupName=name)
    attach("group", name, p)
    return name


@model("AWS::IAM::User")
def user(p, logical):
    flat(p, "UserName", "Groups", "LoginProfile", *HOLDER)
    iam, name = client("iam"), p.get("UserName", GENERATED + logical)
    iam.create_user(UserName=name, Tags=p["Tags"])
    for group in p.get("Groups", []):
        iam.add_user_to_group(UserName=name, GroupName=group)
    if "LoginProfile" in p:
        iam.create_login_profile(UserName=name, Password=p["LoginProfile"]["Password"])
        iam.update_login_profile(UserName=name, **p["LoginProfile"])
    attach("user", name, p)
    return name


@model("AWS::IAM::Role")
def role(p, logical):
    flat(p, "RoleName", "AssumeRolePolicyDocument", *HOLDER)
    name, trust = p.get("RoleName", GENERATED + logical), json.dumps(p["AssumeRolePolicyDocument"])
    made = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust, Tags=p.get("Tags", []))["Role"]
    attach("role", name, p)
    return name, {"Arn": made["Arn"]}


@model("AWS::IAM::InstanceProfile")
def instance_profile(p, logical):
    flat(p, "InstanceProfileName", "Roles")
    iam, name = client("iam"), p.get("InstanceProfileName", GENERATED + logical)
    made = iam.create_instance_profile(InstanceProfileName=name)["InstanceProfile"]
    for role in p["Roles"]:
        iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role)
    return name, {"Arn": made["Arn"]}


class AccessAccount:
    """What is there."""

    def held(self, kind, name):
        """The policies of a user, group or role: those of AWS by name, others by what they say."""
        iam, who = client("iam"), {f"{kind.capitalize()}Name": name}
        inline = {}
        for policy in getattr(iam, f"list_{kind}_policies")(**who)["PolicyNames"]:
            inline[policy] = getattr(iam, f"get_{kind}_policy")(PolicyName=policy, **who)["PolicyDocument"]
        managed = []
        for policy in getattr(iam, f"list_attached_{kind}_policies")(**who)["AttachedPolicies"]:
            arn = policy["PolicyArn"]
            managed.append(arn.split(":policy/")[1] if ":iam::aws:" in arn else self.document(arn))
        return {"inline": inline, "managed": sorted(managed, key=str)}

    def document(self, arn):
        iam = client("iam")
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        return iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]

    def tag(self, kind, name):
        tags = getattr(client("iam"), f"list_{kind}_tags")(**{f"{kind.capitalize()}Name": name})["Tags"]
        return next((one["Value"] for one in tags if one["Key"] == "Name"), None)

    def iam_user(self):
        iam, found = client("iam"), {}
        for item in iam.list_users()["Users"]:
            name = item["UserName"]
            groups = iam.list_groups_for_user(UserName=name)["Groups"]
            try:
                signs_in = iam.get_login_profile(UserName=name)["LoginProfile"]["PasswordResetRequired"]
            except iam.exceptions.NoSuchEntityException:
                signs_in = False
            found[self.tag("user", name)] = {
                "name": fixed(name),
                "signs_in": signs_in,
                "groups": sorted((self.held("group", one["GroupName"]) for one in groups), key=str),
                **self.held("user", name),
            }
        return found

    def iam_group(self):
        groups = [one["GroupName"] for one in client("iam").list_groups()["Groups"]]
        return {"all": sorted(({"name": fixed(name), **self.held("group", name)} for name in groups), key=str)}

    def iam_role(self):
        found = {}
        for item in client("iam").list_roles()["Roles"]:
            name = item["RoleName"]
            trust = item["AssumeRolePolicyDocument"]
            # The role that a resource makes for itself has no name.
            if tag := self.tag("role", name):
                found[tag] = {"name": fixed(name), "trust": trust, **self.held("role", name)}
        return found

    def iam_policy(self):
        own = client("iam").list_policies(Scope="Local")["Policies"]
        held = [{"name": fixed(one["PolicyName"]), "document": self.document(one["Arn"])} for one in own]
        return {"all": sorted(held, key=str)}

    def instance_profile(self):
        found = client("iam").list_instance_profiles()["InstanceProfiles"]
        of = lambda one: (fixed(one["InstanceProfileName"]), [self.tag("role", role["RoleName"]) for role in one["Roles"]])
        return {"all": sorted(map(of, found), key=str)}

    def role_of(self, profile):
        """The name of the role that an instance profile hands over."""
        made = client("iam").get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]
        return self.tag("role", made["Roles"][0]["RoleName"])


class AccessExpected:
    """What must be there."""

    def holding(self, fields):
        own = [json.loads(self.nodes[one["ref"]]["fields"]["document"]) for one in fields.get("policies", [])]
        of_aws = [row["policy"] for row in fields.get("aws_policies", [])]
        inline = {row["name"]: json.loads(row["document"]) for row in fields.get("inline_policies", [])}
        return {"inline": inline, "managed": sorted([*of_aws, *own], key=str)}

    def iam_user(self):
        groups = lambda fields: (self.nodes[one["ref"]].get("fields", {}) for one in fields.get("groups", []))
        return {
            name: {
                "name": fields.get("user_name") or None,
                "signs_in": fields.get("console_access", False),
                "groups": sorted((self.holding(group) for group in groups(fields)), key=str),
                **self.holding(fields),
            }
            for name, _, fields in self.all("iam_user")
        }

    def iam_group(self):
        groups = [{"name": fields.get("group_name") or None, **self.holding(fields)} for _, _, fields in self.all("iam_group")]
        return {"all": sorted(groups, key=str)}

    def iam_role(self):
        def trust(fields):
            if fields.get("trust"):
                return json.loads(fields["trust"])
            who = {"Service": fields["trusted_service"]}
            statement = {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"}
            return {"Version": "2012-10-17", "Statement": [statement]}

        return {
            name: {"name": fields.get("role_name") or None, "trust": trust(fields), **self.holding(fields)}
            for name, _, fields in self.all("iam_role")
        }

    def iam_policy(self):
        of = lambda fields: {"name": fields.get("policy_name") or None, "document": json.loads(fields["document"])}
        return {"all": sorted((of(fields) for _, _, fields in self.all("iam_policy")), key=str)}

    def instance_profile(self):
        of = lambda fields: (fields.get("profile_name") or None, [self.name(fields["role"])])
        return {"all": sorted((of(fields) for _, _, fields in self.all("instance_profile")), key=str)}

    def profile_role(self, fields):
        """The name of the role that a server carries."""
        profile = fields.get("instance_profile")
        return profile and self.name(self.nodes[profile["ref"]]["fields"]["role"])
