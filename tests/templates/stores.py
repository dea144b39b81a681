"""Buckets, distributions, databases and tables: how templates create them, what an account tells of them, what a design wants of them."""

import json

from models import client, flat, model

SHEETS = {}
# The windows that moto chooses where a template leaves them open.
MOTO_WINDOWS = {"backup": "13:14-13:44", "maintenance": "wed:06:38-wed:07:08"}


def sheet(draw):
    """Registers the drawing of a kind by the function's name."""
    SHEETS[draw.__name__] = draw
    return draw


@sheet
def s3_bucket(sheet):
    """One as it is dropped, one with everything, and one that is a public web site."""
    sheet.add("s3_bucket", sheet.region)
    rules = [
        {"prefix": "logs/", "transition_days": 30, "transition_class": "STANDARD_IA", "expiration_days": 365},
        {"noncurrent_days": 30, "abort_days": 7},
    ]
    deny = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::${BucketName}", "arn:aws:s3:::${BucketName}/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}'
    own = {"versioning": True, "encryption": "aws:kms", "lifecycle": rules, "policy": deny, "retention": "Delete"}
    sheet.add("s3_bucket", sheet.region, bucket_name="lab-files-123456789012", **own)
    read = '{"Version": "2012-10-17", "Statement": [{"Sid": "PublicRead", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${BucketName}/*"}]}'
    locks = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")
    site = {"website": True, "error_document": "error.html", "policy": read, **dict.fromkeys(locks, False)}
    bucket = sheet.add("s3_bucket", sheet.region, bucket_name="www.example.com", **site)
    zone = sheet.add("hosted_zone", sheet.region, domain="example.com")
    sheet.add("record_set", zone, domain="www.example.com", alias={"ref": bucket})


@sheet
def cloudfront_distribution(sheet):
    """One as it is dropped; one before a private bucket and a balancer, with a name; one before a public site and another server."""
    sheet.add("cloudfront_distribution", sheet.region)
    zone = sheet.add("hosted_zone", sheet.region, domain="example.com")
    cert = sheet.add("certificate", sheet.region, domain="*.example.com", hosted_zone={"ref": zone})
    bucket = sheet.add("s3_bucket", sheet.region)
    balancer = sheet.balancer()
    sheet.add("listener", balancer)
    origins = [
        {"name": "site", "target": {"ref": bucket}, "path": "/web"},
        {"name": "app", "target": {"ref": balancer}, "protocol": "http-only", "http_port": 8080},
    ]
    pages = [{"code": 403}, {"code": 404, "page": "/index.html"}]
    named = {"aliases": ["www.example.com"], "certificate": {"ref": cert}, "error_pages": pages}
    behaviors = [{"path": "/api/*", "origin": "app"}]
    site = sheet.add("cloudfront_distribution", sheet.region, origins=origins, behaviors=behaviors, **named)
    for kind in ("A", "AAAA"):
        sheet.add("record_set", zone, domain="www.example.com", record_type=kind, alias={"ref": site})
    public = sheet.add("s3_bucket", sheet.region, website=True)
    origins = [
        {"name": "pages", "target": {"ref": public}, "access": "website"},
        {"name": "files", "target": {"ref": public}, "access": "public"},
        {"name": "other", "domain": "origin.example.com", "protocol": "match-viewer"},
    ]
    own = {"methods": "options", "viewer_protocol": "allow-all", "origin_request_policy": "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf"}
    sheet.add("cloudfront_distribution", sheet.region, origins=origins, default_origin="other", price_class="PriceClass_All", ipv6=False, **own)


@sheet
def db_subnet_group(sheet):
    sheet.add("db_subnet_group", sheet.vpc)
    sheet.add("db_subnet_group", sheet.vpc, subnets=[{"ref": sheet.a}, {"ref": sheet.c}], description="For databases")


@sheet
def db_instance(sheet):
    """One as it is dropped, and one with everything."""
    sheet.add("db_instance", sheet.vpc)
    group = sheet.add("db_subnet_group", sheet.vpc, subnets=[{"ref": sheet.a}, {"ref": sheet.c}])
    own = {"subnet_group": {"ref": group}, "security_groups": [{"ref": sheet.open_group()}], "multi_az": True}
    data = {"database": "shop", "port": 5433, "storage": 100, "backup_days": 14, "deletion_protection": True, "retention": "Retain"}
    windows = {"backup_window": "18:00-18:30", "maintenance_window": "sun:19:00-sun:19:30"}
    sheet.add("db_instance", sheet.vpc, engine="postgres", engine_version="17.6", managed_password=False, **own, **data, **windows)


@sheet
def dynamodb_table(sheet):
    """One as it is dropped, and one with everything."""
    sheet.add("dynamodb_table", sheet.region)
    attributes = [{"name": "owner"}, {"name": "day", "attribute_type": "N"}, {"name": "tag"}]
    keys = {"partition_key": "owner", "sort_key": "day", "attributes": attributes}
    indexes = [{"name": "by-tag", "partition_key": "tag", "sort_key": "day"}]
    own = {"ttl_attribute": "expires", "point_in_time_recovery": True, "deletion_protection": True, "retention": "Delete"}
    capacity = {"billing": "PROVISIONED", "read_capacity": 2, "write_capacity": 3}
    sheet.add("dynamodb_table", sheet.region, table_name="lab-table", indexes=indexes, **keys, **own, **capacity)


LOCKS = {
    "BlockPublicAcls": "block_public_acls",
    "IgnorePublicAcls": "ignore_public_acls",
    "BlockPublicPolicy": "block_public_policy",
    "RestrictPublicBuckets": "restrict_public_buckets",
}


@model("AWS::S3::Bucket")
def bucket(p):
    own = ("BucketEncryption", "PublicAccessBlockConfiguration", "VersioningConfiguration", "WebsiteConfiguration", "LifecycleConfiguration")
    flat(p, "BucketName", "OwnershipControls", *own)
    s3 = client("s3")
    name = p.get("BucketName") or f"stack-bucket-{len(s3.list_buckets()['Buckets'])}"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
    if p.get("Tags"):
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": p["Tags"]})
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=p["PublicAccessBlockConfiguration"])
    if "OwnershipControls" in p:
        s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=p["OwnershipControls"])
    if "BucketEncryption" in p:
        rules = [
            {
                "ApplyServerSideEncryptionByDefault": one["ServerSideEncryptionByDefault"],
                **({"BucketKeyEnabled": one["BucketKeyEnabled"]} if "BucketKeyEnabled" in one else {}),
            }
            for one in p["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        ]
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules})
    if "VersioningConfiguration" in p:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=p["VersioningConfiguration"])
    if "WebsiteConfiguration" in p:
        site = p["WebsiteConfiguration"]
        error = {"ErrorDocument": {"Key": site["ErrorDocument"]}} if "ErrorDocument" in site else {}
        s3.put_bucket_website(Bucket=name, WebsiteConfiguration={"IndexDocument": {"Suffix": site["IndexDocument"]}, **error})
    if "LifecycleConfiguration" in p:
        rules = [lifecycle_rule(one, number) for number, one in enumerate(p["LifecycleConfiguration"]["Rules"])]
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})
    host = f"{name}.s3.{s3.meta.region_name}.amazonaws.com"
    site = f"http://{name}.s3-website.{s3.meta.region_name}.amazonaws.com"
    return name, {"Arn": f"arn:aws:s3:::{name}", "RegionalDomainName": host, "WebsiteURL": site}


def lifecycle_rule(rule, number):
    tags = rule.get("TagFilters", [])
    where = {"Tag": tags[0]} if len(tags) == 1 else {"Prefix": rule.get("Prefix", "")}
    made = {"ID": rule.get("Id", str(number)), "Status": rule["Status"], "Filter": where}
    if "Transitions" in rule:
        made["Transitions"] = [{"Days": one["TransitionInDays"], "StorageClass": one["StorageClass"]} for one in rule["Transitions"]]
    if "ExpirationInDays" in rule:
        made["Expiration"] = {"Days": rule["ExpirationInDays"]}
    if "ExpiredObjectDeleteMarker" in rule:
        made["Expiration"] = {"ExpiredObjectDeleteMarker": rule["ExpiredObjectDeleteMarker"]}
    for name in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
        if name in rule:
            made[name] = rule[name]
    known = {"Id", "Status", "Prefix", "TagFilters", "Transitions", "ExpirationInDays", "ExpiredObjectDeleteMarker"}
    unknown = set(rule) - known - {"NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"}
    if unknown or len(tags) > 1:
        raise ValueError(f"no call takes {sorted(unknown)} or {tags}")
    return made


@model("AWS::S3::BucketPolicy")
def bucket_policy(p):
    flat(p, "Bucket", "PolicyDocument")
    client("s3").put_bucket_policy(Bucket=p["Bucket"], Policy=json.dumps(p["PolicyDocument"]))
    return f"{p['Bucket']}-policy"


@model("AWS::CloudFront::OriginAccessControl")
def origin_access_control(p):
    flat(p, "OriginAccessControlConfig")
    made = client("cloudfront").create_origin_access_control(OriginAccessControlConfig=p["OriginAccessControlConfig"])
    return made["OriginAccessControl"]["Id"], {"Id": made["OriginAccessControl"]["Id"]}


def listed(items):
    """A list as CloudFront's API takes it."""
    return {"Quantity": len(items), "Items": items}


def behavior(json):
    """A cache behaviour as the API takes it; what it does not know is an error of botocore's."""
    return {**json, "AllowedMethods": listed(json["AllowedMethods"])} if "AllowedMethods" in json else json


@model("AWS::CloudFront::Distribution")
def distribution(p):
    flat(p, "DistributionConfig")
    config = dict(p["DistributionConfig"])
    origins = []
    for origin in config["Origins"]:
        origin = dict(origin)
        if "CustomOriginConfig" in origin:
            own = dict(origin["CustomOriginConfig"])
            own["OriginSslProtocols"] = listed(own.pop("OriginSSLProtocols"))
            origin["CustomOriginConfig"] = own
        if "OriginAccessControlId" in origin:
            client("cloudfront").get_origin_access_control(Id=origin["OriginAccessControlId"])
        origins.append(origin)
    config["Origins"] = listed(origins)
    config["DefaultCacheBehavior"] = behavior(config["DefaultCacheBehavior"])
    for name, change in (("CacheBehaviors", behavior), ("Aliases", str), ("CustomErrorResponses", error_page)):
        if name in config:
            config[name] = listed([change(one) for one in config[name]])
    certificate = dict(config["ViewerCertificate"])
    if "AcmCertificateArn" in certificate:
        certificate["ACMCertificateArn"] = certificate.pop("AcmCertificateArn")
        certificate["SSLSupportMethod"] = certificate.pop("SslSupportMethod")
    config["ViewerCertificate"] = certificate
    config["IsIPV6Enabled"] = config.pop("IPV6Enabled")
    names = [origin["Id"] for origin in origins]
    config.update(CallerReference=",".join(names) + str(len(client("cloudfront").list_distributions()["DistributionList"].get("Items", []))), Comment="")
    made = client("cloudfront").create_distribution_with_tags(
        DistributionConfigWithTags={"DistributionConfig": config, "Tags": {"Items": p.get("Tags", [])}}
    )["Distribution"]
    return made["Id"], {"DomainName": made["DomainName"]}


def error_page(json):
    return {**json, "ResponseCode": str(json["ResponseCode"])}


@model("AWS::RDS::DBSubnetGroup")
def subnet_group(p):
    arguments = flat(p, "DBSubnetGroupDescription", "SubnetIds")
    name = p["Tags"][0]["Value"]
    client("rds").create_db_subnet_group(DBSubnetGroupName=name, Tags=p["Tags"], **arguments)
    return name


@model("AWS::RDS::DBInstance")
def database(p):
    whole = ("Engine", "EngineVersion", "DBInstanceClass", "StorageType", "StorageEncrypted", "DBName", "MasterUsername")
    more = ("ManageMasterUserPassword", "MasterUserPassword", "DBSubnetGroupName", "PubliclyAccessible", "MultiAZ")
    kept = ("BackupRetentionPeriod", "PreferredBackupWindow", "PreferredMaintenanceWindow", "DeletionProtection", "AllocatedStorage", "Port", "VPCSecurityGroups")
    arguments = flat(p, *whole, *more, *kept)
    for name in ("AllocatedStorage", "Port"):
        if name in arguments:
            arguments[name] = int(arguments[name])
    if "VPCSecurityGroups" in arguments:
        arguments["VpcSecurityGroupIds"] = arguments.pop("VPCSecurityGroups")
    if arguments.get("MasterUserPassword", "").startswith("{{resolve:ssm-secure:/"):
        arguments["MasterUserPassword"] = "resolved at deployment"
    name = p["Tags"][0]["Value"]
    made = client("rds").create_db_instance(DBInstanceIdentifier=name, Tags=p["Tags"], **arguments)["DBInstance"]
    return name, {"Endpoint.Address": made["Endpoint"]["Address"]}


@model("AWS::DynamoDB::Table")
def table(p):
    plain = ("AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes", "DeletionProtectionEnabled")
    arguments = flat(p, "TableName", *plain, "TimeToLiveSpecification", "PointInTimeRecoverySpecification")
    own = {name: arguments.pop(name) for name in ("TimeToLiveSpecification", "PointInTimeRecoverySpecification") if name in arguments}
    name = arguments.pop("TableName", p["Tags"][0]["Value"])
    dynamo = client("dynamodb")
    dynamo.create_table(TableName=name, Tags=p["Tags"], **arguments)
    if "TimeToLiveSpecification" in own:
        dynamo.update_time_to_live(TableName=name, TimeToLiveSpecification=own["TimeToLiveSpecification"])
    restore = own["PointInTimeRecoverySpecification"]
    dynamo.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=restore)
    return name


class Found:
    """What an account tells of them."""

    def s3_bucket(self):
        s3, found = client("s3"), {}
        for name in (one["Name"] for one in s3.list_buckets()["Buckets"]):
            try:
                tags = s3.get_bucket_tagging(Bucket=name)["TagSet"]
            except s3.exceptions.ClientError:
                continue
            ask = lambda call, key: self.or_none(lambda: getattr(s3, call)(Bucket=name)[key])
            policy = ask("get_bucket_policy", "Policy")
            rules = ask("get_bucket_encryption", "ServerSideEncryptionConfiguration")["Rules"]
            locks = ask("get_public_access_block", "PublicAccessBlockConfiguration")
            found[next(tag["Value"] for tag in tags if tag["Key"] == "Name")] = {
                "locks": {field: locks[lock] for lock, field in LOCKS.items()},
                "versioning": s3.get_bucket_versioning(Bucket=name).get("Status") == "Enabled",
                "encryption": rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"],
                "site": (ask("get_bucket_website", "IndexDocument") or {}).get("Suffix"),
                "rules": len(ask("get_bucket_lifecycle_configuration", "Rules") or []),
                "statements": sorted(
                    (one["Effect"], str(one["Principal"])) for one in (json.loads(policy)["Statement"] if policy else [])
                ),
                "speaks_of_itself": policy is None or name in policy,
            }
        return found

    @staticmethod
    def or_none(call):
        try:
            return call()
        except Exception as error:
            if "NoSuch" not in str(error) and "does not exist" not in str(error):
                raise
            return None

    def cloudfront_distribution(self):
        front, found = client("cloudfront"), {}
        for one in front.list_distributions()["DistributionList"].get("Items", []):
            config = front.get_distribution_config(Id=one["Id"])["DistributionConfig"]
            tags = front.list_tags_for_resource(Resource=one["ARN"])["Tags"]["Items"]
            certificate = config["ViewerCertificate"].get("ACMCertificateArn")
            found[tags[0]["Value"]] = {
                "origins": [item["Id"] for item in config["Origins"]["Items"]],
                "default": config["DefaultCacheBehavior"]["TargetOriginId"],
                "viewers": config["DefaultCacheBehavior"]["ViewerProtocolPolicy"],
                "aliases": sorted(config["Aliases"].get("Items", [])),
                "certificate": self.names.get(certificate),
                "paths": [item["PathPattern"] for item in config["CacheBehaviors"].get("Items", [])],
                "price": config["PriceClass"],
                "root": config["DefaultRootObject"],
            }
        return found

    def db_subnet_group(self):
        groups = client("rds").describe_db_subnet_groups()["DBSubnetGroups"]
        return {one["DBSubnetGroupName"]: sorted(self.names[two["SubnetIdentifier"]] for two in one["Subnets"]) for one in groups}

    def chosen(self, database):
        """The groups of a database that somebody chose; the default one has no name."""
        return [one["VpcSecurityGroupId"] for one in database["VpcSecurityGroups"] if one["VpcSecurityGroupId"] in self.names]

    def db_instance(self):
        found = {}
        for one in client("rds").describe_db_instances()["DBInstances"]:
            found[one["DBInstanceIdentifier"]] = {
                "engine": one["Engine"],
                "class": one["DBInstanceClass"],
                "storage": (one["AllocatedStorage"], one["StorageType"], one["StorageEncrypted"]),
                "group": one.get("DBSubnetGroup", {}).get("DBSubnetGroupName"),
                "groups": sorted(self.names[two] for two in self.chosen(one)),
                "port": one["Endpoint"]["Port"],
                "public": one["PubliclyAccessible"],
                "multi_az": one["MultiAZ"],
                "backup": one["BackupRetentionPeriod"],
                "windows": [one["PreferredBackupWindow"], one["PreferredMaintenanceWindow"]],
                "protected": one["DeletionProtection"],
                "user": one["MasterUsername"],
            }
        return found

    def dynamodb_table(self):
        dynamo, found = client("dynamodb"), {}
        for name in dynamo.list_tables()["TableNames"]:
            one = dynamo.describe_table(TableName=name)["Table"]
            tags = dynamo.list_tags_of_resource(ResourceArn=one["TableArn"])["Tags"]
            backups = dynamo.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
            found[tags[0]["Value"]] = {
                "keys": [key["AttributeName"] for key in one["KeySchema"]],
                "indexes": sorted(index["IndexName"] for index in one.get("GlobalSecondaryIndexes", [])),
                "attributes": {item["AttributeName"]: item["AttributeType"] for item in one["AttributeDefinitions"]},
                "capacity": one["ProvisionedThroughput"]["ReadCapacityUnits"],
                "ttl": dynamo.describe_time_to_live(TableName=name)["TimeToLiveDescription"].get("AttributeName"),
                "restores": backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED",
                "protected": one["DeletionProtectionEnabled"],
            }
        return found


class Wanted:
    """What a design wants of them."""

    def s3_bucket(self):
        found = {}
        for name, node, fields in self.all("s3_bucket"):
            policy = json.loads(fields["policy"]) if fields.get("policy") else {"Statement": []}
            own = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
            reads = lambda row: (row.get("target") or {}).get("ref") == node["id"] and row["access"] == "control"
            readers = sum(any(map(reads, other.get("origins", []))) for _, _, other in self.all("cloudfront_distribution"))
            service = str({"Service": "cloudfront.amazonaws.com"})
            found[name] = {
                "locks": {field: fields.get(field, False) for field in LOCKS.values()},
                "versioning": fields.get("versioning", False),
                "encryption": fields["encryption"],
                "site": fields["index_document"] if fields.get("website") else None,
                "rules": len(fields.get("lifecycle", [])),
                "statements": sorted([*((one["Effect"], str(one["Principal"])) for one in own), *[("Allow", service)] * readers]),
                "speaks_of_itself": True,
            }
        return found

    def cloudfront_distribution(self):
        found = {}
        for name, _, fields in self.all("cloudfront_distribution"):
            origins = fields.get("origins", [])
            names = [row["name"] for row in origins] or ["example.com"]
            found[name] = {
                "origins": names,
                "default": fields.get("default_origin") or names[0],
                "viewers": fields["viewer_protocol"],
                "aliases": sorted(fields.get("aliases", [])),
                "certificate": self.name(fields.get("certificate")),
                "paths": [row["path"] for row in fields.get("behaviors", [])],
                "price": fields["price_class"],
                "root": fields["default_root_object"],
            }
        return found

    def db_subnet_group(self):
        every = [name for name, _, _ in self.all("subnet")]
        return {name: self.names(fields.get("subnets")) or sorted(every) for name, _, fields in self.all("db_subnet_group")}

    def db_instance(self):
        ports = {"mysql": 3306, "postgres": 5432}
        return {
            name: {
                "engine": fields["engine"],
                "class": fields["class"],
                "storage": (fields["storage"], fields["storage_type"], fields.get("encrypted", False)),
                "group": self.name(fields.get("subnet_group")),
                "groups": self.names(fields.get("security_groups")),
                "port": fields.get("port") or ports[fields["engine"]],
                "public": fields.get("public", False),
                "multi_az": fields.get("multi_az", False),
                "backup": fields["backup_days"],
                "windows": [fields.get(f"{of}_window") or chosen for of, chosen in MOTO_WINDOWS.items()],
                "protected": fields.get("deletion_protection", False),
                "user": fields["user"],
            }
            for name, _, fields in self.all("db_instance")
        }

    def dynamodb_table(self):
        return {
            name: {
                "keys": [fields[key] for key in ("partition_key", "sort_key") if fields.get(key)],
                "indexes": sorted(row["name"] for row in fields.get("indexes", [])),
                "attributes": {row["name"]: row["attribute_type"] for row in fields["attributes"]},
                "capacity": fields["read_capacity"] if fields["billing"] == "PROVISIONED" else 0,
                "ttl": fields.get("ttl_attribute") or None,
                "restores": fields.get("point_in_time_recovery", False),
                "protected": fields.get("deletion_protection", False),
            }
            for name, _, fields in self.all("dynamodb_table")
        }
