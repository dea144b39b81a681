"""EBS volumes under test: models that create and attach them, what the account then holds, and what it must hold."""

from models import REGION, client, flat, model, tag

SNAPSHOT = "restored"


def snapshot():
    """A snapshot to give to the parameter that asks for one."""
    volume = client("ec2").create_volume(AvailabilityZone=f"{REGION}a", Size=1)["VolumeId"]
    return client("ec2").create_snapshot(VolumeId=volume, Description=SNAPSHOT)["SnapshotId"]


@model("AWS::EC2::Volume")
def volume(p):
    arguments = flat(p, "AvailabilityZone", "Size", "VolumeType", "Iops", "Throughput", "Encrypted", "SnapshotId")
    return tag(client("ec2").create_volume(**arguments)["VolumeId"], p)


@model("AWS::EC2::VolumeAttachment")
def attachment(p):
    client("ec2").attach_volume(**flat(p, "VolumeId", "InstanceId", "Device"))
    return f"{p['VolumeId']}|{p['InstanceId']}"


class VolumesAccount:
    """What is there."""

    def volume(self):
        found = {}
        for name, item in self.named(client("ec2").describe_volumes()["Volumes"], "VolumeId"):
            attached = [(self.names[one["InstanceId"]], one["Device"]) for one in item["Attachments"]]
            found[name] = {
                "zone": item["AvailabilityZone"],
                "disk": (item["Size"], item["VolumeType"], item["Encrypted"]),
                "restored": bool(item.get("SnapshotId")),
                "attached": attached,
            }
        return found


class VolumesExpected:
    """What must be there."""

    def volume(self):
        return {
            name: {
                "zone": REGION + self.around(node, "zone")["fields"]["letter"],
                "disk": (fields["size"], fields["volume_type"], fields.get("encrypted", False)),
                "restored": bool(fields.get("snapshot")),
                "attached": [(self.name(fields["instance"]), fields["device"])] if fields.get("instance") else [],
            }
            for name, node, fields in self.all("volume")
        }
