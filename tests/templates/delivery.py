"""Pipelines, builds and deployments: how templates create them, what an account tells of them, what a design wants of them."""

import json

from models import client, flat, model

SHEETS = {}


def sheet(draw):
    """Registers the drawing of a kind by the function's name."""
    SHEETS[draw.__name__] = draw
    return draw


IMAGES = """version: 0.2
phases:
  build:
    commands:
      - docker build -t $REPOSITORY_URI:latest .
      - docker push $REPOSITORY_URI:latest
      - printf '[{"name":"web","imageUri":"%s"}]' $REPOSITORY_URI:latest > imagedefinitions.json
artifacts:
  files: imagedefinitions.json
"""


def service(sheet):
    """An ECS service; what deploys to it refers to it."""
    cluster, task = sheet.add("ecs_cluster", sheet.region), sheet.add("task_definition", sheet.region)
    own = {"cluster": {"ref": cluster}, "task_definition": {"ref": task}, "subnets": [{"ref": sheet.a}, {"ref": sheet.c}]}
    return sheet.add("ecs_service", sheet.vpc, security_groups=[{"ref": sheet.open_group()}], **own)


@sheet
def code_pipeline(sheet):
    """One as it is dropped; one from GitHub to ECS; one from a bucket to servers, and to a bucket."""
    sheet.add("code_pipeline", sheet.region)
    images = sheet.add("code_build_project", sheet.region, privileged=True, buildspec=IMAGES)
    artifacts = sheet.add("s3_bucket", sheet.region, versioning=True)
    source = {"stage": "Source", "name": "Source", "output": "SourceOutput"}
    build = {"stage": "Build", "name": "Build", "provider": "CodeBuild", "project": {"ref": images}}
    deploy = {"stage": "Deploy", "name": "Deploy", "input": "BuildOutput", "output": ""}
    actions = [
        {**source, "provider": "CodeStarSourceConnection", "repository": "example/shop", "branch": "release"},
        build,
        {"stage": "Approve", "name": "Approve", "provider": "Manual", "input": "", "output": ""},
        {**deploy, "provider": "ECS", "cluster": "lab", "service": "web"},
        {**deploy, "name": "DeployDrawn", "provider": "ECS", "ecs_service": {"ref": service(sheet)}},
    ]
    sheet.add("code_pipeline", sheet.region, actions=actions, artifact_bucket={"ref": artifacts})
    group = sheet.add("code_deploy_group", sheet.add("code_deploy_application", sheet.region))
    site = sheet.add("s3_bucket", sheet.region)
    actions = [
        {**source, "provider": "S3Source", "bucket": {"ref": artifacts}, "key": "app.zip"},
        {**deploy, "provider": "CodeDeploy", "deployment_group": {"ref": group}, "input": "SourceOutput"},
        {**deploy, "name": "Publish", "provider": "S3", "bucket": {"ref": site}, "input": "SourceOutput", "run_order": 2},
    ]
    sheet.add("code_pipeline", sheet.region, actions=actions)


@sheet
def code_build_project(sheet):
    """One as it is dropped, one that builds images with a parameter, one of its own repository."""
    sheet.add("code_build_project", sheet.region)
    variables = [
        {"name": "REPOSITORY_URI", "value": "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web"},
        {"name": "TOKEN", "source": "PARAMETER_STORE", "value": "/lab/token"},
        {"name": "DRAWN_URI", "resource": {"ref": sheet.add("ecr_repository", sheet.region)}},
    ]
    own = {"privileged": True, "compute": "BUILD_GENERAL1_MEDIUM", "timeout": 30, "buildspec": IMAGES}
    sheet.add("code_build_project", sheet.region, variables=variables, **own)
    arm = {"environment": "ARM_CONTAINER", "image": "aws/codebuild/amazonlinux-aarch64-standard:3.0"}
    sheet.add("code_build_project", sheet.region, source="GITHUB", repository="https://github.com/example/app.git", buildspec="", **arm)
    role = sheet.add("iam_role", sheet.region, trusted_service="codebuild.amazonaws.com")
    sheet.add("code_build_project", sheet.region, source="NO_SOURCE", role={"ref": role})


@sheet
def code_deploy_application(sheet):
    for platform in ("Server", "ECS", "Lambda"):
        sheet.add("code_deploy_application", sheet.region, platform=platform)


@sheet
def code_deploy_group(sheet):
    """One as it is dropped, one of servers behind a balancer, one of an ECS service."""
    servers = sheet.add("code_deploy_application", sheet.region, application_name="shop")
    sheet.add("code_deploy_group", servers)
    balancer = sheet.balancer()
    blue, green = (sheet.add("target_group", sheet.vpc, target_type="ip") for _ in range(2))
    listener = sheet.add("listener", balancer, forwards=[{"target_group": {"ref": blue}}])
    tags = [{"key": "Name", "value": "web"}, {"key": "Course", "value": ""}]
    half = {"deployment_config": "CodeDeployDefault.HalfAtATime", "auto_rollback": False}
    sheet.add("code_deploy_group", servers, tag_filters=tags, blue_group={"ref": blue}, **half)
    tasks = sheet.add("code_deploy_application", sheet.region, platform="ECS")
    sides = {"blue_group": {"ref": blue}, "green_group": {"ref": green}, "production_listener": {"ref": listener}}
    own = {"deployment_type": "BLUE_GREEN", "cluster": "lab", "service": "web", "termination_wait": 10}
    sheet.add("code_deploy_group", tasks, tag_filters=[], **own, **sides)
    drawn = {"deployment_type": "BLUE_GREEN", "ecs_service": {"ref": service(sheet)}}
    sheet.add("code_deploy_group", tasks, tag_filters=[], **drawn)


@model("AWS::CodeConnections::Connection")
def connection(p):
    """moto knows none; what the template names is all there is."""
    flat(p, "ConnectionName", "ProviderType")
    if not 1 <= len(p["ConnectionName"]) <= 32:
        raise ValueError("the name of a connection has 1 to 32 characters")
    return f"arn:aws:codeconnections:ap-northeast-2:123456789012:connection/{p['ConnectionName']}"


@model("AWS::CodeBuild::Project")
def project(p):
    flat(p, "ServiceRole", "Source", "Artifacts", "Environment", "TimeoutInMinutes")
    small = lambda json: {key[0].lower() + key[1:]: value for key, value in json.items()}
    environment = small(p["Environment"])
    environment["environmentVariables"] = [small(one) for one in environment.get("environmentVariables", [])]
    source = small(p["Source"])
    if "buildSpec" in source:
        source["buildspec"] = source.pop("buildSpec")
    name = p["Tags"][0]["Value"]
    client("codebuild").create_project(
        name=name,
        # moto asks every source and artifact for its place.
        source={"location": "pipeline", **source},
        artifacts=small(p["Artifacts"]) if p["Artifacts"]["Type"] == "NO_ARTIFACTS" else {"location": "pipeline", **small(p["Artifacts"])},
        environment=environment,
        serviceRole=p["ServiceRole"],
        timeoutInMinutes=p["TimeoutInMinutes"],
    )
    return name


@model("AWS::CodePipeline::Pipeline")
def pipeline(p):
    flat(p, "PipelineType", "RoleArn", "ArtifactStore", "Stages")
    # CodePipeline looks whether it can take its role on.
    if client("iam").get_role(RoleName=p["RoleArn"].split("/")[-1])["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"] != "codepipeline.amazonaws.com":
        raise ValueError("the role does not trust CodePipeline")
    small = lambda json: {key[0].lower() + key[1:]: value for key, value in json.items()}

    def action(json):
        made = small(json)
        made["actionTypeId"] = small(made["actionTypeId"])
        for key in ("inputArtifacts", "outputArtifacts"):
            if key in made:
                made[key] = [small(one) for one in made[key]]
        return made

    stages = [{"name": one["Name"], "actions": [action(two) for two in one["Actions"]]} for one in p["Stages"]]
    name = p["Tags"][0]["Value"]
    made = {"name": name, "roleArn": p["RoleArn"], "artifactStore": small(p["ArtifactStore"]), "stages": stages, "version": 1}
    client("codepipeline").create_pipeline(pipeline=made)
    return name


@model("AWS::CodeDeploy::Application")
def application(p):
    arguments = flat(p, "ApplicationName", "ComputePlatform")
    name = arguments.get("ApplicationName", p["Tags"][0]["Value"])
    client("codedeploy").create_application(applicationName=name, computePlatform=p["ComputePlatform"], tags=p["Tags"])
    return name


@model("AWS::CodeDeploy::DeploymentGroup")
def deployment_group(p):
    small = lambda json: (
        {key[0].lower() + key[1:]: small(value) for key, value in json.items()} if isinstance(json, dict)
        else [small(one) for one in json] if isinstance(json, list) else json
    )
    flat(
        p, "ApplicationName", "DeploymentGroupName", "DeploymentConfigName", "ServiceRoleArn", "DeploymentStyle", "AutoRollbackConfiguration",
        "Ec2TagFilters", "LoadBalancerInfo", "ECSServices", "BlueGreenDeploymentConfiguration",
    )
    filters = [{"Key": one["Key"], "Type": one["Type"], **({"Value": one["Value"]} if "Value" in one else {})} for one in p.get("Ec2TagFilters", [])]
    own = {
        "deploymentConfigName": p["DeploymentConfigName"],
        "serviceRoleArn": p["ServiceRoleArn"],
        "deploymentStyle": small(p["DeploymentStyle"]),
        "autoRollbackConfiguration": small(p["AutoRollbackConfiguration"]),
        "ecsServices": small(p.get("ECSServices", [])),
        "ec2TagFilters": filters,
    }
    if "LoadBalancerInfo" in p:
        own["loadBalancerInfo"] = small(p["LoadBalancerInfo"])
    if "BlueGreenDeploymentConfiguration" in p:
        own["blueGreenDeploymentConfiguration"] = small(p["BlueGreenDeploymentConfiguration"])
    name = p.get("DeploymentGroupName", p["Tags"][0]["Value"])
    client("codedeploy").create_deployment_group(applicationName=p["ApplicationName"], deploymentGroupName=name, tags=p["Tags"], **own)
    return name


class Found:
    """What an account tells of them."""

    def code_pipeline(self):
        service, found = client("codepipeline"), {}
        for one in service.list_pipelines()["pipelines"]:
            stages = service.get_pipeline(name=one["name"])["pipeline"]["stages"]
            kind = lambda action: (action["name"], action["actionTypeId"]["category"], action["actionTypeId"]["provider"])
            found[one["name"]] = [(stage["name"], [kind(action) for action in stage["actions"]]) for stage in stages]
        return found

    @staticmethod
    def drawn(variable):
        """The value of a variable; the address of a repository of the account is that of a drawn one."""
        addresses = [one["repositoryUri"] for one in client("ecr").describe_repositories()["repositories"]]
        return "repository" if variable["value"] in addresses else variable["value"]

    def code_build_project(self):
        service, found = client("codebuild"), {}
        names = service.list_projects()["projects"]
        for one in service.batch_get_projects(names=names)["projects"] if names else []:
            environment = one["environment"]
            found[one["name"]] = {
                "source": one["source"]["type"],
                "buildspec": one["source"].get("buildspec", ""),
                "runs": (environment["type"], environment["image"], environment["computeType"], environment["privilegedMode"]),
                "variables": {item["name"]: (item["type"], self.drawn(item)) for item in environment.get("environmentVariables", [])},
                "timeout": one["timeoutInMinutes"],
            }
        return found

    @staticmethod
    def applications():
        return client("codedeploy").list_applications()["applications"]

    def code_deploy_application(self):
        service = client("codedeploy")
        asked = (service.get_application(applicationName=name)["application"] for name in self.applications())
        return {one["applicationName"]: one["computePlatform"] for one in asked}

    @staticmethod
    def target(item):
        """A service by its names; one that is drawn has those of its stack."""
        names = (item["clusterName"], item["serviceName"])
        return names if names == ("lab", "web") else "drawn"

    def code_deploy_group(self):
        service, found = client("codedeploy"), {}
        for application in self.applications():
            for name in service.list_deployment_groups(applicationName=application)["deploymentGroups"]:
                ask = {"applicationName": application, "deploymentGroupName": name}
                one = service.get_deployment_group(**ask)["deploymentGroupInfo"]
                pairs = one.get("loadBalancerInfo", {}).get("targetGroupPairInfoList", [])
                found[name] = {
                    "application": application,
                    "config": one["deploymentConfigName"],
                    "style": one["deploymentStyle"]["deploymentType"],
                    "tags": {item["Key"]: item.get("Value", "") for item in one.get("ec2TagFilters", [])},
                    "services": [self.target(item) for item in one.get("ecsServices", [])],
                    "groups": [item["name"] for pair in pairs for item in pair["targetGroups"]],
                    "rolls_back": one["autoRollbackConfiguration"]["enabled"],
                }
        return found


class Wanted:
    """What a design wants of them."""

    def code_pipeline(self):
        found = {}
        lacks = {"CodeBuild": "project", "CodeDeploy": "deployment_group", "S3": "bucket", "S3Source": "bucket", "ECS": "service"}
        for name, _, fields in self.all("code_pipeline"):
            stages = {}
            for row in fields["actions"]:
                provider = row["provider"]
                category = {"CodeStarSourceConnection": "Source", "S3Source": "Source", "CodeBuild": "Build", "Manual": "Approval"}.get(provider, "Deploy")
                if provider in lacks and not row.get(lacks[provider]) and not row.get("ecs_service"):
                    continue
                stages.setdefault(row["stage"], []).append((row["name"], category, "S3" if provider == "S3Source" else provider))
            if len(stages) < 2:
                stages["Approve"] = [("Approve", "Approval", "Manual")]
            found[name] = list(stages.items())
        return found

    def code_build_project(self):
        return {
            name: {
                "source": fields["source"],
                "buildspec": fields.get("buildspec", ""),
                "runs": (fields["environment"], fields["image"], fields["compute"], fields.get("privileged", False)),
                "variables": {
                    row["name"]: (row["source"], "repository" if row.get("resource") else row["value"]) for row in fields.get("variables", [])
                },
                "timeout": fields["timeout"],
            }
            for name, _, fields in self.all("code_build_project")
        }

    def code_deploy_application(self):
        return {fields.get("application_name") or name: fields["platform"] for name, _, fields in self.all("code_deploy_application")}

    def code_deploy_group(self):
        found = {}
        usual = {"Server": "OneAtATime", "ECS": "ECSAllAtOnce", "Lambda": "LambdaAllAtOnce"}
        for name, node, fields in self.all("code_deploy_group"):
            above = self.nodes[node["parent"]]
            platform = above["fields"]["platform"]
            tasks = platform == "ECS"
            sides = (fields.get("blue_group"), fields.get("green_group"))
            found[fields.get("group_name") or name] = {
                "application": above["fields"].get("application_name") or above["name"],
                "config": fields.get("deployment_config") or f"CodeDeployDefault.{usual[platform]}",
                "style": "BLUE_GREEN" if tasks else "IN_PLACE",
                "tags": {} if tasks else {row["key"]: row.get("value", "") for row in fields["tag_filters"]},
                "services": [] if not tasks else ["drawn" if fields.get("ecs_service") else (fields["cluster"], fields["service"])],
                "groups": [self.name(side) for side in sides if side] if tasks else [],
                "rolls_back": fields.get("auto_rollback", False),
            }
        return found
