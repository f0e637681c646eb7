#!/usr/bin/env python3
"""Writes the example estate of `./demarc demo`: about 150 resources of an invented organisation over three providers.

Every document is written here; nothing comes from a real account. The same seed and --now always give the same files.
The committed files were made with --now 2026-11-24T06:00:00Z and --seed 7:

    python3 infrastructure/local/src/demo/make_estate.py

aws-events.jsonl    recorder messages as EventBridge delivers them
azure-events.jsonl  Event Grid and CloudEvents messages
gcp-events.jsonl    asset feed messages, after the feed's welcome text
estate.jsonl        the accounts as they are at --now: documents, and the documents beside them
register.yaml       what the organisation has reviewed: one service type left out, one entry expired, one naming only some controls
"""

import argparse
import json
import random
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

ACCOUNTS = ["111122223333"] * 5 + ["444455556666"] * 3 + ["777788889999"] * 2
TRAIL_OFF = "777788889999"
REGIONS = ["eu-central-1", "eu-central-1", "eu-west-1"]
SUBSCRIPTIONS = ["1b7f3c52-6d0e-4a94-8c35-20e9d7a4f611", "9e24d0a7-35c8-4f1b-b760-5a8c13f2e9d4"]
TENANT = "5c0e8a31-7f42-4d96-9b1d-e3a6207c84f5"
PROJECTS = [("brindlemoor-prod", "618203947715"), ("brindlemoor-data", "730519284406")]
SHORT_LOGS = "730519284406"
FOLDER, ORGANISATION = "folders/204817365520", "organizations/581920374466"

CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
BLOB_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
IMAGE_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d"

WORDS = [
    "tariff", "meter", "parcel", "harbour", "ledger", "roster", "survey", "permit", "voucher", "claims", "timetable",
    "library", "orchard", "bulletin", "archive", "intake", "booking", "grant", "census", "stock", "route", "notice",
    "repair", "lookup", "payout", "quota", "season", "tally", "ferry", "allotment",
]
TEAMS = ["billing-team", "field-services", "citizen-portal", "data-office", "platform", "records"]
SENSITIVITY = ["public", "internal", "internal", "confidential", "confidential", "restricted"]
CRITICALITY = ["low", "medium", "medium", "high", "critical"]


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def policy(*statements):
    return compact({"Version": "2012-10-17", "Statement": list(statements)})


REVIEWED = [
    # service type, owner, reviewed by, days since the review, days it still holds, sensitivity, criticality, controls
    ("AWS::S3::Bucket", "data-office", "Jorun Halvard", 62, 303, "confidential", "high", ""),
    ("AWS::RDS::DBInstance", "platform", "Tomas Wierda", 48, 317, "confidential", "critical", ""),
    ("AWS::Lambda::Function", "platform", "Tomas Wierda", 90, 275, "internal", "medium", ""),
    ("AWS::ECS::Service#fargate", "citizen-portal", "Imke Roosen", 33, 332, "internal", "high", ""),
    ("Microsoft.Storage/storageAccounts", "records", "Jorun Halvard", 75, 290, "confidential", "high", ""),
    ("Microsoft.Sql/servers", "billing-team", "Tomas Wierda", 20, 345, "restricted", "critical", ""),
    ("Microsoft.DBforPostgreSQL/flexibleServers", "field-services", "Imke Roosen", 110, 255, "confidential", "high", ""),
    ("Microsoft.Web/sites#functionapp", "field-services", "Imke Roosen", 41, 324, "internal", "medium", ""),
    ("Microsoft.App/containerApps", "citizen-portal", "Imke Roosen", 389, -24, "internal", "high", ""),  # expired
    ("storage.googleapis.com/Bucket", "data-office", "Jorun Halvard", 62, 303, "confidential", "medium", ""),
    ("cloudfunctions.googleapis.com/Function", "data-office", "Jorun Halvard", 57, 308, "internal", "medium", ""),
    ("sqladmin.googleapis.com/Instance", "billing-team", "Tomas Wierda", 20, 345, "restricted", "critical",
     "IDN-01, IDN-02, IDN-03, IDN-04, IDN-05, DAT-01, DAT-03, DAT-04, NET-01, OPS-02, OPS-04"),  # others not reviewed
    # run.googleapis.com/Service is left out: nobody has reviewed it
]


class Resource:
    """One resource: how its document looks with a set of weaknesses, and the documents beside it."""

    def __init__(self, provider, kind, account, native_id, render, companions, weak, tags):
        self.provider, self.kind, self.account, self.native_id = provider, kind, account, native_id
        self.render, self.companions, self.weak, self.tags = render, companions, weak, tags
        self.changed_at = None
        self.in_estate = True


class Estate:
    def __init__(self, now, seed):
        self.now, self.rng = now, random.Random(seed)
        self.resources, self.lines, self.known_lines = [], [], set()
        self.aws, self.azure, self.gcp = [], [], []
        self.names, self.due = {}, {}

    # -- small helpers -------------------------------------------------------------------------------------------

    def pick(self, values):
        return values[self.rng.randrange(len(values))]

    def id(self):
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def hex(self, digits):
        return format(self.rng.getrandbits(digits * 4), "0%dx" % digits)

    def name(self, kind, endings):
        used = self.names.setdefault(kind, set())
        while True:
            name = self.pick(WORDS) + "-" + self.pick(endings)
            if name not in used:
                used.add(name)
                return name

    def weaknesses(self, odds):
        """Each weakness in its share of the resources that ask with the same odds, spread evenly from a random start."""
        found = set()
        for name, chance in odds.items():
            key = (tuple(odds), name)
            due = self.due.get(key, self.rng.random()) + chance
            if due >= 1:
                found.add(name)
                due -= 1
            self.due[key] = due
        return found

    def tags(self):
        if self.rng.random() < 0.13:
            return {}
        return {
            "data-sensitivity": self.pick(SENSITIVITY),
            "business-criticality": self.pick(CRITICALITY),
            "owner": self.pick(TEAMS),
        }

    def moment(self, earliest_hours, latest_hours):
        seconds = self.rng.randrange(int(latest_hours * 3600), int(earliest_hours * 3600))
        return self.now - timedelta(seconds=seconds, milliseconds=self.rng.randrange(1000))

    @staticmethod
    def stamp(moment):
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (moment.microsecond // 1000)

    def beside(self, of, kind, documents, denied=False):
        """A companion line; written once, because resources share roles, networks and account-wide documents."""
        if (of.lower(), kind.lower()) in self.known_lines:
            return
        self.known_lines.add((of.lower(), kind.lower()))
        line = {"companionOf": of, "type": kind}
        line.update({"denied": True} if denied else {"documents": documents})
        self.lines.append(line)

    def add(self, *arguments):
        self.resources.append(Resource(*arguments))

    # -- AWS -----------------------------------------------------------------------------------------------------

    def aws_accounts(self):
        for account in sorted(set(ACCOUNTS)):
            trail = "arn:aws:cloudtrail:eu-central-1:%s:trail/all-accounts" % account
            self.beside("account:" + account, "AWS::S3::AccountPublicAccessBlock", [{"configuration": {
                "blockPublicAcls": False, "ignorePublicAcls": False, "blockPublicPolicy": False, "restrictPublicBuckets": False}}])
            self.beside("account:" + account, "AWS::CloudTrail::Trail", [{"configuration": {
                "name": "all-accounts", "trailARN": trail, "isMultiRegionTrail": True, "s3BucketName": "brindlemoor-audit-trail"}}])
            self.beside("account:" + account, "cloudtrail:GetTrailStatus", [{"IsLogging": account != TRAIL_OFF}])
            self.beside("account:" + account, "cloudtrail:GetEventSelectors", [{"TrailARN": trail, "EventSelectors": [
                {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": []}]}])
            for use in ("apps", "data", "edge", "wide"):
                self.beside(self.group(account, use), "AWS::EC2::SecurityGroup", [self.group_document(account, use)])

    @staticmethod
    def group(account, use):
        return "sg-0%s%s" % (account[:8], {"apps": "a1b2c3d4", "data": "b5c6d7e8", "edge": "c9d0e1f2", "wide": "d3e4f5a6"}[use])

    def group_document(self, account, use):
        port = {"apps": 8080, "data": 5432, "edge": 443, "wide": 22}[use]
        world = use == "wide"
        source = "0.0.0.0/0" if world else "10.30.0.0/16"
        return {"configuration": {
            "groupId": self.group(account, use), "groupName": use,
            "ipPermissions": [{"ipProtocol": "tcp", "fromPort": port, "toPort": port, "ipv4Ranges": [{"cidrIp": source}],
                               "ipv6Ranges": [], "userIdGroupPairs": [], "prefixListIds": []}],
            "ipPermissionsEgress": [{"ipProtocol": "-1" if world else "tcp", **({} if world else {"fromPort": 443, "toPort": 443}),
                                     "ipv4Ranges": [{"cidrIp": source}], "ipv6Ranges": [], "userIdGroupPairs": [],
                                     "prefixListIds": []}]}}

    @staticmethod
    def role(name, service, managed, allows):
        return {"configuration": {
            "roleName": name,
            "assumeRolePolicyDocument": policy({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}),
            "attachedManagedPolicies": [{"policyName": one.rsplit("/", 1)[-1], "policyArn": "arn:aws:iam::aws:policy/" + one} for one in managed],
            "rolePolicyList": [{"policyName": "own", "policyDocument": policy(allows)}] if allows else []}}

    def bucket(self):
        account, region = self.pick(ACCOUNTS), self.pick(REGIONS)
        name = "brindlemoor-" + self.name("bucket", ["exports", "uploads", "reports", "scans", "backups", "site"])
        weak = self.weaknesses({"public-policy": 0.1, "plaintext": 0.12, "unversioned": 0.12, "acl": 0.1, "unlogged": 0.12,
                                "single-region": 0.25, "open-network": 0.2})
        log_bucket = "brindlemoor-access-logs-" + account
        both = ["arn:aws:s3:::" + name, "arn:aws:s3:::" + name + "/*"]

        def render(weak):
            statements = []
            if "plaintext" not in weak:
                statements.append({"Sid": "TlsOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both,
                                   "Condition": {"Bool": {"aws:SecureTransport": "false"}}})
            if "open-network" not in weak:
                statements.append({"Sid": "EndpointOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both,
                                   "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0b4d6f81a3c5e7092"}}})
            if "public-policy" in weak:
                statements.append({"Sid": "Everyone", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": both[1]})
            closed = "public-policy" not in weak
            beside = {
                "AccessControlList": compact({"grantSet": None, "grantList": [{"grantee": {"id": "owner-" + account, "displayName": None},
                                                                              "permission": "FullControl"}],
                                              "owner": {"displayName": None, "id": "owner-" + account}, "isRequesterCharged": False}),
                "BucketLoggingConfiguration": {"destinationBucketName": None if "unlogged" in weak else log_bucket,
                                               "logFilePrefix": None if "unlogged" in weak else name + "/"},
                "BucketPolicy": {"policyText": policy(*statements) if statements else None},
                "BucketVersioningConfiguration": {"status": "Suspended" if "unversioned" in weak else "Enabled", "isMfaDeleteEnabled": None},
                "IsRequesterPaysEnabled": False,
                "PublicAccessBlockConfiguration": {"blockPublicAcls": closed, "ignorePublicAcls": closed, "blockPublicPolicy": closed,
                                                   "restrictPublicBuckets": closed},
                "ServerSideEncryptionConfiguration": {"rules": [{"applyServerSideEncryptionByDefault": {
                    "sseAlgorithm": "AES256", "kmsMasterKeyID": None}, "bucketKeyEnabled": False}]},
            }
            if "single-region" not in weak:
                beside["BucketReplicationConfiguration"] = {
                    "roleARN": "arn:aws:iam::%s:role/replication" % account,
                    "rules": {"second-region": {"status": "Enabled", "destinationConfig": {"bucketARN": "arn:aws:s3:::" + name + "-copy"}}}}
            return {"configuration": {"name": name, "owner": {"displayName": None, "id": "owner-" + account},
                                      "creationDate": "2025-03-11T08:14:27.000Z"},
                    "supplementaryConfiguration": beside}, "arn:aws:s3:::" + name, region

        companions = [
            (name, "s3:GetBucketOwnershipControls", [] if "acl" in weak else
             [{"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}]),
            (name, "backup:ListRecoveryPointsByResource", [{"RecoveryPoints": []}]),
            (log_bucket, "AWS::S3::Bucket", [{"configuration": {"name": log_bucket}, "supplementaryConfiguration": {
                "ObjectLockConfiguration": {"objectLockEnabled": "Enabled", "rule": {"defaultRetention": {"mode": "COMPLIANCE", "days": 120, "years": None}}},
                "BucketLifecycleConfiguration": {"rules": [{"id": "year", "status": "Enabled", "expirationInDays": 400}]}}}]),
        ]
        self.add("aws", "AWS::S3::Bucket", account, name, render, companions, weak, self.tags())

    def database(self):
        account, region = self.pick(ACCOUNTS), self.pick(REGIONS)
        name = self.name("database", ["prod", "stage", "reports"])
        native = "db-" + self.hex(26).upper()
        arn = "arn:aws:rds:%s:%s:db:%s" % (region, account, name)
        weak = self.weaknesses({"unencrypted": 0.12, "public": 0.12, "unprotected": 0.15, "short-backup": 0.12, "old-engine": 0.12,
                                "password": 0.12, "no-logs": 0.12, "plaintext": 0.12, "shared-snapshot": 0.08, "pinned": 0.1,
                                "short-logs": 0.15})
        role = "arn:aws:iam::%s:role/%s-import" % (account, name)

        def render(weak):
            group = self.group(account, "wide" if "public" in weak else "data")
            return {"configuration": {
                "dBInstanceIdentifier": name, "dBInstanceArn": arn, "dbiResourceId": native, "dBInstanceClass": "db.r6g.large",
                "dBInstanceStatus": "available", "engine": "postgres", "engineVersion": "12.22" if "old-engine" in weak else "16.9",
                "masterUsername": "postgres" if "password" in weak else "dbkeeper",
                **({} if "password" in weak else {"masterUserSecret": {
                    "secretArn": "arn:aws:secretsmanager:%s:%s:secret:rds-%s" % (region, account, name), "secretStatus": "active"}}),
                "endpoint": {"address": "%s.example.%s.rds.amazonaws.com" % (name, region), "port": 5432},
                "allocatedStorage": 200, "storageEncrypted": "unencrypted" not in weak,
                "backupRetentionPeriod": 1 if "short-backup" in weak else 14, "deletionProtection": "unprotected" not in weak,
                "publiclyAccessible": "public" in weak, "multiAZ": True, "autoMinorVersionUpgrade": "pinned" not in weak,
                "iAMDatabaseAuthenticationEnabled": "password" not in weak, "cACertificateIdentifier": "rds-ca-rsa2048-g1",
                "enabledCloudwatchLogsExports": [] if "no-logs" in weak else ["postgresql", "upgrade"],
                "dBParameterGroups": [{"dBParameterGroupName": name + "-pg", "parameterApplyStatus": "in-sync"}],
                "vpcSecurityGroups": [{"vpcSecurityGroupId": group, "status": "active"}],
                "associatedRoles": [{"roleArn": role, "featureName": "s3Import", "status": "ACTIVE"}]},
                "supplementaryConfiguration": {}}, arn, region

        companions = [
            (role, "AWS::IAM::Role", [self.role(name + "-import", "rds.amazonaws.com", [], {
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::brindlemoor-drop/*"})]),
            (native, "AWS::RDS::DBSnapshot", [{"configuration": {"dBSnapshotIdentifier": name + "-before-16", "snapshotType": "manual",
                                                                 "status": "available", "encrypted": "unencrypted" not in weak},
                                               "supplementaryConfiguration": {"DBSnapshotAttributes": [{
                                                   "attributeName": "restore",
                                                   "attributeValues": ["all"] if "shared-snapshot" in weak else []}]}}]),
            (native, "rds:DescribeDBParameters", [{"Parameters": [
                {"ParameterName": "rds.force_ssl", "ParameterValue": "0" if "plaintext" in weak else "1", "Source": "user", "ApplyType": "dynamic"},
                {"ParameterName": "ssl_min_protocol_version", "ParameterValue": "TLSv1.2", "Source": "user", "ApplyType": "dynamic"}]}]),
            (native, "rds:DescribePendingMaintenanceActions", []),
            (native, "logs:DescribeLogGroups", [{"logGroups": [
                {"logGroupName": "/aws/rds/instance/%s/%s" % (name, log), "retentionInDays": 30 if "short-logs" in weak else 180}
                for log in ("postgresql", "upgrade")]}]),
        ]
        self.add("aws", "AWS::RDS::DBInstance", account, native, render, companions, weak, self.tags())

    def function(self):
        account, region = self.pick(ACCOUNTS), self.pick(REGIONS)
        name = self.name("function", ["render", "import", "notify", "resize", "sync"])
        arn = "arn:aws:lambda:%s:%s:function:%s" % (region, account, name)
        role = "arn:aws:iam::%s:role/%s" % (account, name)
        weak = self.weaknesses({"open-url": 0.12, "old-runtime": 0.15, "administrator": 0.12, "no-network": 0.2, "setting": 0.12,
                                "short-logs": 0.2, "manual": 0.1})

        def render(weak):
            statements = [{"Sid": "from-rule", "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
                           "Action": "lambda:InvokeFunction", "Resource": arn,
                           "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:events:%s:%s:rule/nightly" % (region, account)}}}]
            if "open-url" in weak:
                statements.append({"Sid": "everyone", "Effect": "Allow", "Principal": "*", "Action": "lambda:InvokeFunctionUrl",
                                   "Resource": arn, "Condition": {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}})
            configuration = {
                "functionName": name, "functionArn": arn, "packageType": "Zip",
                "runtime": "nodejs16.x" if "old-runtime" in weak else "python3.13", "handler": "app.handle", "role": role,
                "memorySize": 512, "timeout": 30, "architectures": ["arm64"],
                "environment": {"variables": {"DB_PASSWORD": "written-in-plain-text"} if "setting" in weak else {}},
                "loggingConfig": {"logFormat": "JSON", "logGroup": "/aws/lambda/" + name}}
            if "no-network" not in weak:
                configuration["vpcConfig"] = {"vpcId": "vpc-0" + account + "abcd", "subnetIds": ["subnet-0" + account + "aaaa"],
                                              "securityGroupIds": [self.group(account, "apps")]}
            return {"configuration": configuration, "supplementaryConfiguration": {"Policy": policy(*statements)}}, arn, region

        managed = ["AdministratorAccess"] if "administrator" in weak else ["service-role/AWSLambdaVPCAccessExecutionRole"]
        companions = [
            (role, "AWS::IAM::Role", [self.role(name, "lambda.amazonaws.com", managed, {
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::brindlemoor-templates/*"})]),
            (name, "lambda:ListFunctionUrlConfigs", [{"FunctionUrlConfigs": [{"AuthType": "NONE"}] if "open-url" in weak else []}]),
            (name, "lambda:GetRuntimeManagementConfig", [{"UpdateRuntimeOn": "Manual" if "manual" in weak else "Auto", "FunctionArn": arn}]),
            (name, "logs:DescribeLogGroups", [{"logGroups": [{"logGroupName": "/aws/lambda/" + name,
                                                             "retentionInDays": 14 if "short-logs" in weak else 180}]}]),
        ]
        self.add("aws", "AWS::Lambda::Function", account, name, render, companions, weak, self.tags())

    def service(self):
        account, region = self.pick(ACCOUNTS), self.pick(REGIONS)
        name = self.name("service", ["web", "api", "worker"])
        arn = "arn:aws:ecs:%s:%s:service/apps/%s" % (region, account, name)
        cluster = "arn:aws:ecs:%s:%s:cluster/apps" % (region, account)
        task = "arn:aws:ecs:%s:%s:task-definition/%s:12" % (region, account, name)
        roles = ["arn:aws:iam::%s:role/%s-%s" % (account, name, use) for use in ("task", "start")]
        weak = self.weaknesses({"public-ip": 0.15, "setting": 0.15, "administrator": 0.12, "open-group": 0.12, "no-login": 0.2,
                                "no-log": 0.12, "old-tls": 0.15, "short-logs": 0.2})

        def render(weak):
            configuration = {
                "ServiceArn": arn, "ServiceName": name, "Cluster": cluster, "TaskDefinition": task, "LaunchType": "FARGATE",
                "PlatformVersion": "LATEST", "DesiredCount": 3, "SchedulingStrategy": "REPLICA", "EnableExecuteCommand": False,
                "NetworkConfiguration": {"AwsvpcConfiguration": {
                    "Subnets": ["subnet-0" + account + "aaaa"],
                    "SecurityGroups": [self.group(account, "wide" if "open-group" in weak else "apps")],
                    "AssignPublicIp": "ENABLED" if "public-ip" in weak else "DISABLED"}},
                "LoadBalancers": [] if name.endswith("worker") else [{
                    "TargetGroupArn": "arn:aws:elasticloadbalancing:%s:%s:targetgroup/%s/0a1b2c3d4e5f6071" % (region, account, name),
                    "ContainerName": "main", "ContainerPort": 8080}]}
            return {"configuration": configuration, "supplementaryConfiguration": {}}, arn, region

        environment = [{"Name": "LOG_LEVEL", "Value": "info"}]
        if "setting" in weak:
            environment.append({"Name": "DB_PASSWORD", "Value": "written-in-plain-text"})
        container = {"Name": "main", "Image": "%s.dkr.ecr.%s.amazonaws.com/%s:12" % (account, region, name), "Essential": True,
                     "PortMappings": [{"ContainerPort": 8080, "Protocol": "tcp"}], "Environment": environment}
        if "no-log" not in weak:
            container["LogConfiguration"] = {"LogDriver": "awslogs", "Options": {
                "awslogs-group": "/apps/" + name, "awslogs-region": region, "awslogs-stream-prefix": "main"}}
        login = [] if "no-login" in weak else [{"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": {
            "Issuer": "https://login.example.com", "OnUnauthenticatedRequest": "authenticate"}}]
        managed = ["service-role/AmazonECSTaskExecutionRolePolicy"]
        balanced = not name.endswith("worker")
        companions = [
            (task, "AWS::ECS::TaskDefinition", [{"configuration": {
                "Family": name, "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"], "Cpu": "512", "Memory": "1024",
                "TaskRoleArn": roles[0], "ExecutionRoleArn": roles[1], "ContainerDefinitions": [container]}}]),
            (cluster, "AWS::ECS::Cluster", [{"configuration": {"ClusterName": "apps", "CapacityProviders": ["FARGATE"],
                                                               "DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE", "Weight": 1}]}}]),
            (arn, "AWS::IAM::Role", [
                self.role(name + "-task", "ecs-tasks.amazonaws.com", ["AdministratorAccess"] if "administrator" in weak else [], {
                    "Effect": "Allow", "Action": ["dynamodb:GetItem"], "Resource": "arn:aws:dynamodb:%s:%s:table/%s" % (region, account, name)}),
                self.role(name + "-start", "ecs-tasks.amazonaws.com", managed, None)]),
            (arn, "secretsmanager:DescribeSecret", []),
            (arn, "ssm:DescribeInstancePatchStates", []),
            (arn, "logs:DescribeLogGroups", [{"logGroups": [{"logGroupName": "/apps/" + name,
                                                            "retentionInDays": 14 if "short-logs" in weak else 120}]}]),
            (arn, "AWS::ElasticLoadBalancingV2::LoadBalancer", [{"configuration": {
                "loadBalancerName": name, "type": "application",
                "scheme": "internet-facing" if "no-login" in weak or name.endswith("web") else "internal"}}] if balanced else []),
            (arn, "AWS::EC2::SecurityGroup", [self.group_document(account, "edge")] if balanced else []),
            (arn, "AWS::ElasticLoadBalancingV2::Listener", [
                {"configuration": {"Port": 443, "Protocol": "HTTPS",
                                   "SslPolicy": "ELBSecurityPolicy-2016-08" if "old-tls" in weak else "ELBSecurityPolicy-TLS13-1-2-2021-06",
                                   "DefaultActions": login + [{"Type": "forward", "Order": 2}]}},
                {"configuration": {"Port": 80, "Protocol": "HTTP", "DefaultActions": [{"Type": "redirect", "RedirectConfig": {
                    "Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}]}}] if balanced else []),
            (arn, "AWS::ElasticLoadBalancingV2::ListenerRule", []),
            (arn, "elasticloadbalancing:DescribeRules", [{"Rules": [{"Priority": "default", "IsDefault": True,
                                                                     "Actions": [{"Type": "redirect"}]}]}] if balanced else []),
        ]
        self.add("aws", "AWS::ECS::Service", account, arn, render, companions, weak, self.tags())

    def table(self, name):
        account, region = ACCOUNTS[0], REGIONS[0]
        arn = "arn:aws:dynamodb:%s:%s:table/%s" % (region, account, name)

        def render(weak):
            return {"configuration": {"tableName": name, "tableArn": arn, "tableStatus": "ACTIVE", "itemCount": 1204,
                                      "billingModeSummary": {"billingMode": "PAY_PER_REQUEST"}},
                    "supplementaryConfiguration": {}}, arn, region

        self.add("aws", "AWS::DynamoDB::Table", account, name, render, [], set(), self.tags())

    def item(self, resource, weak, at, status="OK"):
        body, arn, region = resource.render(weak)
        deleted = status == "ResourceDeleted"
        return {
            "configurationItemVersion": "1.3", "configurationItemCaptureTime": self.stamp(at),
            "configurationStateId": str(int(at.timestamp() * 1000)), "awsAccountId": resource.account,
            "configurationItemStatus": status, "resourceType": resource.kind, "resourceId": resource.native_id,
            "resourceName": arn.rsplit(":", 1)[-1].rsplit("/", 1)[-1], "ARN": arn, "awsRegion": region,
            "tags": {} if deleted else resource.tags, "relatedEvents": [], "relationships": [],
            "configuration": None if deleted else body["configuration"],
            "supplementaryConfiguration": {} if deleted else body["supplementaryConfiguration"]}

    def aws_event(self, resource, weak, at, status="OK", oversized=False):
        item = self.item(resource, weak, at, status)
        change = {"OK": "UPDATE", "ResourceDiscovered": "CREATE", "ResourceDeleted": "DELETE"}[status]
        if oversized:
            summary = {key: value for key, value in item.items()
                       if key not in ("tags", "relatedEvents", "relationships", "configuration", "supplementaryConfiguration")}
            detail = {"recordVersion": "1.0", "messageType": "OversizedConfigurationItemChangeNotification",
                      "notificationCreationTime": self.stamp(at + timedelta(seconds=2)),
                      "configurationItemSummary": {"changeType": change, **summary},
                      "s3DeliverySummary": {"s3BucketLocation": "brindlemoor-recorder/oversized/item.json.gz",
                                            "errorCode": None, "errorMessage": None}}
        else:
            detail = {"recordVersion": "1.3", "messageType": "ConfigurationItemChangeNotification",
                      "notificationCreationTime": self.stamp(at + timedelta(seconds=2)),
                      "configurationItemDiff": {"changedProperties": {}, "changeType": change}, "configurationItem": item}
        event = {"version": "0", "id": self.id(), "detail-type": "Config Configuration Item Change", "source": "aws.config",
                 "account": resource.account, "time": (at + timedelta(seconds=3)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                 "region": item["awsRegion"], "resources": [item["ARN"]], "detail": detail}
        self.aws.append([at, event])

    # -- Azure ---------------------------------------------------------------------------------------------------

    def azure_id(self, subscription, group, kind, name):
        return "/subscriptions/%s/resourceGroups/%s/providers/%s/%s" % (subscription, group, kind, name)

    def workspace(self, subscription):
        return self.azure_id(subscription, "rg-logs", "Microsoft.OperationalInsights/workspaces", "law-brindlemoor")

    def subscriptions(self):
        for subscription in SUBSCRIPTIONS:
            self.beside("account:" + subscription, "Microsoft.Insights/diagnosticSettings", [{"name": "activity", "properties": {
                "workspaceId": self.workspace(subscription),
                "logs": [{"category": "Administrative", "enabled": True}, {"category": "Security", "enabled": True}]}}])

    def arm(self, kind, name, subscription, group, extra, properties):
        return {"id": self.azure_id(subscription, group, kind, name), "name": name, "type": kind, "location": "westeurope",
                **extra, "properties": properties}

    def assignment(self, subscription, principal, role, scope):
        return {"properties": {"principalId": principal, "scope": scope,
                               "roleDefinitionId": "/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s" % (subscription, role)}}

    def outbound(self, name):
        return {"name": name, "properties": {"securityRules": [
            {"name": "vault", "properties": {"direction": "Outbound", "access": "Allow", "protocol": "Tcp", "priority": 200,
                                             "destinationAddressPrefix": "AzureKeyVault", "destinationPortRange": "443"}},
            {"name": "deny-internet", "properties": {"direction": "Outbound", "access": "Deny", "protocol": "*", "priority": 4000,
                                                     "destinationAddressPrefix": "Internet", "destinationPortRange": "*"}}]}}

    def log_table(self, name, weak):
        return {"name": name, "properties": {"retentionInDays": 30, "totalRetentionInDays": 30 if "short-logs" in weak else 180}}

    def storage_account(self):
        kind, subscription = "Microsoft.Storage/storageAccounts", self.pick(SUBSCRIPTIONS)
        word = self.name("storage", ["docs", "scans", "feeds", "exports"])
        name, group = "st" + word.replace("-", ""), "rg-" + word.split("-")[0]
        weak = self.weaknesses({"public-container": 0.1, "shared-key": 0.15, "plaintext": 0.1, "open-network": 0.15, "no-recovery": 0.12,
                                "unlocked": 0.15, "unlogged": 0.12, "old-kind": 0.08, "cross-tenant": 0.1, "short-logs": 0.12})
        native = self.azure_id(subscription, group, kind, name)

        def render(weak):
            return self.arm(kind, name, subscription, group, {
                "kind": "Storage" if "old-kind" in weak else "StorageV2", "sku": {"name": "Standard_ZRS", "tier": "Standard"}}, {
                "accessTier": "Hot", "allowBlobPublicAccess": "public-container" in weak,
                "allowCrossTenantReplication": "cross-tenant" in weak, "allowSharedKeyAccess": "shared-key" in weak,
                "defaultToOAuthAuthentication": True, "isHnsEnabled": False,
                "encryption": {"keySource": "Microsoft.Storage", "services": {"blob": {"enabled": True, "keyType": "Account"},
                                                                              "file": {"enabled": True, "keyType": "Account"}}},
                "keyCreationTime": {"key1": "2026-10-02T07:51:03.4410000Z", "key2": "2026-10-02T07:51:03.4410000Z"},
                "minimumTlsVersion": "TLS1_2", "provisioningState": "Succeeded",
                "networkAcls": {"bypass": "AzureServices", "defaultAction": "Allow" if "open-network" in weak else "Deny",
                                "ipRules": [], "virtualNetworkRules": []},
                "publicNetworkAccess": "Enabled" if "open-network" in weak else "Disabled",
                "supportsHttpsTrafficOnly": "plaintext" not in weak})

        recovers = "no-recovery" not in weak
        companions = [
            (native, kind + "/blobServices", [{"name": "default", "properties": {
                "changeFeed": {"enabled": True}, "containerDeleteRetentionPolicy": {"enabled": recovers, **({"days": 14} if recovers else {})},
                "deleteRetentionPolicy": {"enabled": recovers, **({"days": 14} if recovers else {}), "allowPermanentDelete": False},
                "isVersioningEnabled": recovers, "restorePolicy": {"enabled": recovers, **({"days": 10} if recovers else {})}}}]),
            (native, kind + "/blobServices/containers", [
                {"name": "incoming", "properties": {"publicAccess": "None"}},
                {"name": "published", "properties": {"publicAccess": "Blob" if "public-container" in weak else "None"}}]),
            (native, kind + "/objectReplicationPolicies", []),
            (native, "Microsoft.Authorization/locks", [] if "unlocked" in weak else [{"name": "keep", "properties": {"level": "CanNotDelete"}}]),
            (native, "Microsoft.Insights/diagnosticSettings", [] if "unlogged" in weak else [{"name": "requests", "properties": {
                "workspaceId": self.workspace(subscription),
                "logs": [{"category": one, "categoryGroup": None, "enabled": True} for one in ("StorageRead", "StorageWrite", "StorageDelete")]}}]),
            (native, "Microsoft.OperationalInsights/workspaces/tables", [] if "unlogged" in weak else [self.log_table("StorageBlobLogs", weak)]),
            (native, "Microsoft.DataProtection/backupVaults/backupInstances", []),
        ]
        self.add("azure", kind, subscription, native, render, companions, weak, self.tags())

    def sql_server(self):
        kind, subscription = "Microsoft.Sql/servers", self.pick(SUBSCRIPTIONS)
        word = self.name("sqlserver", ["prod", "stage"])
        name, group = "sql-" + word, "rg-" + word.split("-")[0]
        weak = self.weaknesses({"password": 0.15, "open-network": 0.15, "old-tls": 0.12, "unaudited": 0.15, "unlocked": 0.15,
                                "decrypted": 0.12, "short-backup": 0.12, "outbound": 0.2, "contributor": 0.1, "short-logs": 0.15})
        native, principal = self.azure_id(subscription, group, kind, name), self.id()
        encryption = kind + "/databases/transparentDataEncryption"

        def render(weak):
            return self.arm(kind, name, subscription, group, {
                "kind": "v12.0", "identity": {"type": "SystemAssigned", "principalId": principal, "tenantId": TENANT}}, {
                "administratorLogin": "sqladmin" if "password" in weak else "keeper-" + word,
                "administrators": {"administratorType": "ActiveDirectory", "principalType": "Group", "login": "database-operators",
                                   "sid": "51b8d03c-0f5a-4d4b-9b1e-8ce2f7a6d390", "azureADOnlyAuthentication": "password" not in weak},
                "fullyQualifiedDomainName": name + ".database.windows.net", "minimalTlsVersion": "1.0" if "old-tls" in weak else "1.2",
                "publicNetworkAccess": "Enabled" if "open-network" in weak else "Disabled",
                "restrictOutboundNetworkAccess": "Disabled" if "outbound" in weak else "Enabled",
                "retentionDays": 7, "state": "Ready", "version": "12.0"})

        companions = [
            (native, kind + "/firewallRules", [{"name": "AllowAllWindowsAzureIps", "properties": {
                "startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}}] if "open-network" in weak else []),
            (native, kind + "/auditingSettings", [{"name": "default", "properties": {
                "state": "Disabled" if "unaudited" in weak else "Enabled", "isAzureMonitorTargetEnabled": "unaudited" not in weak,
                "storageEndpoint": "", "retentionDays": 0, "auditActionsAndGroups": [
                    "BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP", "FAILED_DATABASE_AUTHENTICATION_GROUP"]}}]),
            (native, kind + "/encryptionProtector", [{"name": "current", "kind": "servicemanaged", "properties": {
                "serverKeyName": "ServiceManaged", "serverKeyType": "ServiceManaged", "autoRotationEnabled": False}}]),
            (native, kind + "/databases", [{"name": word, "properties": {
                "status": "Online", "requestedBackupStorageRedundancy": "Zone", "currentBackupStorageRedundancy": "Zone"}}]),
            (native, encryption, [
                {"id": native + "/databases/" + word + "/transparentDataEncryption/current", "name": "current",
                 "properties": {"state": "Disabled" if "decrypted" in weak else "Enabled"}},
                {"id": native + "/databases/master/transparentDataEncryption/current", "name": "current", "properties": {"state": "Disabled"}}]),
            (native, kind + "/databases/backupShortTermRetentionPolicies", [{"name": "default", "properties": {
                "retentionDays": 1 if "short-backup" in weak else 14, "diffBackupIntervalInHours": 12}}]),
            (native, kind + "/failoverGroups", []),
            (native, "Microsoft.Authorization/roleAssignments", [self.assignment(
                subscription, principal, CONTRIBUTOR if "contributor" in weak else BLOB_READER,
                "/subscriptions/%s/resourceGroups/%s" % (subscription, group))]),
            (native, "Microsoft.Authorization/locks", [] if "unlocked" in weak else [{"name": "keep", "properties": {"level": "CanNotDelete"}}]),
            (native, "Microsoft.OperationalInsights/workspaces", [{"name": "law-brindlemoor", "properties": {
                "retentionInDays": 30 if "short-logs" in weak else 180, "sku": {"name": "PerGB2018"}}}]),
        ]
        self.add("azure", kind, subscription, native, render, companions, weak, self.tags())

    def postgres_server(self):
        kind, subscription = "Microsoft.DBforPostgreSQL/flexibleServers", self.pick(SUBSCRIPTIONS)
        word = self.name("pgserver", ["prod", "stage"])
        name, group = "psql-" + word, "rg-" + word.split("-")[0]
        weak = self.weaknesses({"password": 0.17, "open-network": 0.17, "plaintext": 0.17, "unlocked": 0.17, "short-backup": 0.17,
                                "old-engine": 0.17, "unlogged": 0.34, "short-logs": 0.2})
        native, principal = self.azure_id(subscription, group, kind, name), self.id()
        subnet = self.azure_id(subscription, "rg-network", "Microsoft.Network/virtualNetworks", "vnet-apps/subnets/snet-data")

        def render(weak):
            opened = "open-network" in weak
            return self.arm(kind, name, subscription, group, {
                "sku": {"name": "Standard_D2ds_v5", "tier": "GeneralPurpose"},
                "identity": {"type": "SystemAssigned", "principalId": principal, "tenantId": TENANT}}, {
                "administratorLogin": "postgres" if "password" in weak else "keeper",
                "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Enabled" if "password" in weak else "Disabled", "tenantId": TENANT},
                "availabilityZone": "1", "backup": {"backupRetentionDays": 7 if "short-backup" in weak else 14,
                                                    "geoRedundantBackup": "Disabled" if "short-backup" in weak else "Enabled"},
                "dataEncryption": {"type": "SystemManaged"}, "fullyQualifiedDomainName": name + ".postgres.database.azure.com",
                "highAvailability": {"mode": "ZoneRedundant", "state": "Healthy"},
                "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 0, "startHour": 2, "startMinute": 0},
                "network": {"publicNetworkAccess": "Enabled"} if opened else {"publicNetworkAccess": "Disabled", "delegatedSubnetResourceId": subnet},
                "replicationRole": "Primary", "state": "Ready", "storage": {"storageSizeGB": 128, "autoGrow": "Enabled"},
                "version": "11" if "old-engine" in weak else "16"})

        def parameter(name, value):
            return {"name": name, "properties": {"value": value, "source": "user-override"}}

        companions = [
            (native, kind + "/configurations", [
                parameter("require_secure_transport", "off" if "plaintext" in weak else "on"),
                parameter("ssl_min_protocol_version", "TLSv1.2"),
                parameter("log_connections", "off" if "unlogged" in weak else "on"),
                parameter("log_disconnections", "off" if "unlogged" in weak else "on"),
                parameter("pgaudit.log", "none" if "unlogged" in weak else "all"),
                parameter("shared_preload_libraries", "pg_stat_statements" if "unlogged" in weak else "pgaudit,pg_stat_statements")]),
            (native, kind + "/firewallRules", [{"name": "everybody", "properties": {
                "startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}}] if "open-network" in weak else []),
            (native, "Microsoft.Authorization/locks", [] if "unlocked" in weak else [{"name": "keep", "properties": {"level": "CanNotDelete"}}]),
            (native, "Microsoft.Authorization/roleAssignments", [self.assignment(
                subscription, principal, BLOB_READER, "/subscriptions/%s/resourceGroups/%s" % (subscription, group))]),
            (native, "Microsoft.Insights/diagnosticSettings", [] if "unlogged" in weak else [{"name": "server", "properties": {
                "workspaceId": self.workspace(subscription), "logs": [{"category": "PostgreSQLLogs", "categoryGroup": None, "enabled": True}]}}]),
            (native, "Microsoft.Network/networkSecurityGroups", [self.outbound("nsg-data")]),
            (native, "Microsoft.OperationalInsights/workspaces", [{"name": "law-brindlemoor", "properties": {
                "retentionInDays": 30 if "short-logs" in weak else 180, "sku": {"name": "PerGB2018"}}}]),
        ]
        self.add("azure", kind, subscription, native, render, companions, weak, self.tags())

    def function_app(self):
        kind, subscription = "Microsoft.Web/sites", self.pick(SUBSCRIPTIONS)
        word = self.name("app", ["render", "intake", "notify", "match"])
        name, group = "func-" + word, "rg-" + word.split("-")[0]
        weak = self.weaknesses({"plaintext": 0.12, "anonymous": 0.15, "no-identity": 0.12, "contributor": 0.12, "setting": 0.15, "debug": 0.1,
                                "open-network": 0.15, "old-runtime": 0.15, "publishing": 0.15, "unlogged": 0.15, "short-logs": 0.15,
                                "no-network": 0.15})
        native, principal = self.azure_id(subscription, group, kind, name), self.id()
        subnet = self.azure_id(subscription, "rg-network", "Microsoft.Network/virtualNetworks", "vnet-apps/subnets/snet-functions")

        def render(weak):
            properties = {"state": "Running", "httpsOnly": "plaintext" not in weak, "publicNetworkAccess": "Enabled",
                          "outboundVnetRouting": {"allTraffic": True}, "keyVaultReferenceIdentity": "SystemAssigned",
                          "defaultHostName": name + ".azurewebsites.net"}
            if "no-network" not in weak:
                properties["virtualNetworkSubnetId"] = subnet
            identity = {} if "no-identity" in weak else {
                "identity": {"type": "SystemAssigned", "principalId": principal, "tenantId": TENANT}}
            return self.arm(kind, name, subscription, group, {"kind": "functionapp,linux", **identity}, properties)

        closed = "open-network" not in weak
        companions = [
            (native, kind + "/config/web", [{"name": "web", "properties": {
                "linuxFxVersion": "Node|18" if "old-runtime" in weak else "Python|3.12", "ftpsState": "Disabled", "minTlsVersion": "1.2",
                "scmMinTlsVersion": "1.2", "remoteDebuggingEnabled": "debug" in weak, "vnetRouteAllEnabled": True,
                "ipSecurityRestrictionsDefaultAction": "Deny" if closed else "Allow",
                "ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100, "name": "office"}] if closed else [],
                "scmIpSecurityRestrictionsDefaultAction": "Deny" if closed else "Allow", "scmIpSecurityRestrictionsUseMain": False,
                "appSettings": [
                    {"name": "FUNCTIONS_EXTENSION_VERSION", "value": "~4"},
                    {"name": "FUNCTIONS_WORKER_RUNTIME", "value": "node" if "old-runtime" in weak else "python"},
                    {"name": "AzureWebJobsStorage__accountName", "value": "st" + word.replace("-", "")},
                    {"name": "TemplateApiKey", "value": "written-in-plain-text" if "setting" in weak else
                     "@Microsoft.KeyVault(SecretUri=https://kv-brindlemoor.example/secrets/template)"}]}}]),
            (native, kind + "/config/authsettingsV2", [{"properties": {
                "platform": {"enabled": "anonymous" not in weak},
                "globalValidation": {"requireAuthentication": "anonymous" not in weak,
                                     "unauthenticatedClientAction": "AllowAnonymous" if "anonymous" in weak else "Return401"}}}]),
            (native, kind + "/basicPublishingCredentialsPolicies", [
                {"name": one, "properties": {"allow": "publishing" in weak}} for one in ("scm", "ftp")]),
            (native, "Microsoft.Authorization/roleAssignments", [] if "no-identity" in weak else [self.assignment(
                subscription, principal, CONTRIBUTOR if "contributor" in weak else BLOB_READER,
                "/subscriptions/" + subscription + ("" if "contributor" in weak else "/resourceGroups/" + group))]),
            (native, "Microsoft.Network/networkSecurityGroups", [self.outbound("nsg-functions")]),
            (native, "Microsoft.Insights/diagnosticSettings", [] if "unlogged" in weak else [{"name": "to-workspace", "properties": {
                "workspaceId": self.workspace(subscription), "logs": [{"category": "FunctionAppLogs", "enabled": True}]}}]),
            (native, "Microsoft.OperationalInsights/workspaces/tables", [self.log_table("FunctionAppLogs", weak)]),
        ]
        self.add("azure", kind, subscription, native, render, companions, weak, self.tags())

    def container_app(self):
        kind, subscription = "Microsoft.App/containerApps", self.pick(SUBSCRIPTIONS)
        word = self.name("containerapp", ["web", "api", "jobs"])
        name, group = "ca-" + word, "rg-" + word.split("-")[0]
        weak = self.weaknesses({"external": 0.3, "plaintext": 0.25, "setting": 0.2, "no-identity": 0.15, "contributor": 0.15,
                                "registry-password": 0.25, "short-logs": 0.15})
        native, principal = self.azure_id(subscription, group, kind, name), self.id()
        environment = self.azure_id(subscription, "rg-apps", "Microsoft.App/managedEnvironments", "cae-apps")
        subnet = self.azure_id(subscription, "rg-network", "Microsoft.Network/virtualNetworks", "vnet-apps/subnets/snet-apps")

        def render(weak):
            identity = {} if "no-identity" in weak else {
                "identity": {"type": "SystemAssigned", "principalId": principal, "tenantId": TENANT}}
            registry = {"server": "brindlemoor.azurecr.io", "username": "", "passwordSecretRef": "", "identity": "system"}
            if "registry-password" in weak:
                registry = {"server": "brindlemoor.azurecr.io", "username": "brindlemoor", "passwordSecretRef": "registry-password"}
            variables = [{"name": "LOG_LEVEL", "value": "info"}, {"name": "DB_PASSWORD", "value": "written-in-plain-text"}
                         if "setting" in weak else {"name": "DB_PASSWORD", "secretRef": "db-password"}]
            return self.arm(kind, name, subscription, group, identity, {
                "provisioningState": "Succeeded", "environmentId": environment, "workloadProfileName": "Consumption",
                "configuration": {
                    "activeRevisionsMode": "Single", "ingress": {
                        "fqdn": name + ".internal.example.westeurope.azurecontainerapps.io", "external": "external" in weak,
                        "targetPort": 8080, "exposedPort": 0, "transport": "Auto", "allowInsecure": "plaintext" in weak},
                    "registries": [registry],
                    "secrets": [{"name": "db-password", "keyVaultUrl": "https://kv-brindlemoor.vault.azure.net/secrets/" + word, "identity": "system"}]},
                "template": {"containers": [{"name": "main", "image": "brindlemoor.azurecr.io/%s:2026.11" % word, "env": variables,
                                             "resources": {"cpu": 0.5, "memory": "1Gi"}}],
                             "scale": {"minReplicas": 1, "maxReplicas": 5}}})

        companions = [
            (environment, "Microsoft.App/managedEnvironments", [{"id": environment, "name": "cae-apps", "type": "Microsoft.App/managedEnvironments",
                "properties": {"publicNetworkAccess": "Enabled",
                               "vnetConfiguration": {"internal": False, "infrastructureSubnetId": subnet},
                               "appLogsConfiguration": {"destination": "log-analytics", "logAnalyticsConfiguration": {
                                   "customerId": "55555555-6666-4777-8888-999999999999"}}}}]),
            (native, kind + "/authConfigs", []),
            (native, "Microsoft.Authorization/roleAssignments", [] if "no-identity" in weak else [self.assignment(
                subscription, principal, CONTRIBUTOR if "contributor" in weak else IMAGE_PULL,
                "/subscriptions/" + subscription + ("" if "contributor" in weak else "/resourceGroups/" + group))]),
            (native, "Microsoft.Network/networkSecurityGroups", [self.outbound("nsg-apps")]),
            (native, "Microsoft.Insights/diagnosticSettings", []),
            (native, "Microsoft.OperationalInsights/workspaces/tables", [
                self.log_table(one, weak) for one in ("ContainerAppConsoleLogs_CL", "ContainerAppSystemLogs_CL")]),
        ]
        self.add("azure", kind, subscription, native, render, companions, weak, self.tags())

    def azure_event(self, resource, at, action="write", cloud=False, notification=False, child=None):
        uri, kind = resource.native_id, resource.kind
        if child:
            uri, kind = uri + "/" + child[0] + "/" + child[1], kind + "/" + child[0]
        time = at.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")
        if notification:
            name = "Microsoft.ResourceNotifications.Resources." + ("Deleted" if action == "delete" else "CreatedOrUpdated")
            data = {"resourceInfo": {"id": uri, "name": uri.rsplit("/", 1)[-1], "type": kind, "location": "westeurope",
                                     **({} if action == "delete" else {"tags": resource.tags, "properties": {"provisioningState": "Succeeded"}})},
                    "operationalInfo": {"resourceEventTime": time}, "apiVersion": "2023-01-01"}
        else:
            name = "Microsoft.Resources.Resource%sSuccess" % action.capitalize()
            data = {"authorization": {"scope": uri, "action": kind + "/" + action}, "correlationId": self.id(),
                    "resourceProvider": kind.split("/")[0], "resourceUri": uri, "operationName": kind + "/" + action,
                    "status": "Succeeded", "subscriptionId": resource.account, "tenantId": TENANT}
        if cloud:
            event = {"specversion": "1.0", "id": self.id(), "source": "/subscriptions/" + resource.account, "subject": uri,
                     "type": name, "time": time, "data": data}
        else:
            event = {"id": self.id(), "topic": "/subscriptions/" + resource.account, "subject": uri, "eventType": name,
                     "eventTime": time, "data": data, "dataVersion": "1" if notification else "2", "metadataVersion": "1"}
        self.azure.append([at, event])

    # -- Google Cloud --------------------------------------------------------------------------------------------

    def projects(self):
        for project, number in PROJECTS:
            key = "account:" + number
            self.beside(key, "iam-policy", [{"etag": "demo", "bindings": [
                {"role": "roles/owner", "members": ["user:cloud-owner@example.org"]},
                {"role": "roles/viewer", "members": ["group:auditors@example.org"]},
                {"role": "roles/editor", "members": ["serviceAccount:%s@cloudservices.gserviceaccount.com" % number]}],
                "auditConfigs": [{"service": "allServices", "auditLogConfigs": [
                    {"logType": "ADMIN_READ"}, {"logType": "DATA_READ"}, {"logType": "DATA_WRITE"}]}]}])
            for constraint, rule in (
                    ("storage.publicAccessPrevention", {"enforce": False}), ("storage.restrictAuthTypes", {"allowAll": True}),
                    ("storage.secureHttpTransport", {"enforce": True}),
                    ("gcp.restrictTLSVersion", {"values": {"deniedValues": ["TLS_VERSION_1", "TLS_VERSION_1_1"]}})):
                self.beside(key, "orgpolicy:" + constraint, [{
                    "name": "projects/%s/policies/%s" % (number, constraint), "spec": {"rules": [rule]}}])
            self.beside(key, "storage:hmacKeys.list", [{"kind": "storage#hmacKeysMetadata"}])
            self.beside(key, "accesscontextmanager.googleapis.com/ServicePerimeter", [])
            self.beside(key, "storagetransfer:transferJobs.list", [{"transferJobs": []}])
            where = "projects/%s/locations/global/buckets/" % project
            self.beside(key, "logging.googleapis.com/LogBucket", [
                {"name": "//logging.googleapis.com/" + where + "_Default", "assetType": "logging.googleapis.com/LogBucket",
                 "resource": {"data": {"name": where + "_Default", "retentionDays": 30 if number == SHORT_LOGS else 180, "lifecycleState": "ACTIVE"}}},
                {"name": "//logging.googleapis.com/" + where + "_Required", "assetType": "logging.googleapis.com/LogBucket",
                 "resource": {"data": {"name": where + "_Required", "retentionDays": 400, "locked": True, "lifecycleState": "ACTIVE"}}}])
            self.beside(key, "logging.googleapis.com/LogSink", [
                {"assetType": "logging.googleapis.com/LogSink", "resource": {"data": {
                    "name": sink, "destination": "logging.googleapis.com/" + where + sink}}} for sink in ("_Required", "_Default")])

    def asset(self, name, kind, number, location, version, data):
        return {"name": name, "assetType": kind, "ancestors": ["projects/" + number, FOLDER, ORGANISATION],
                "resource": {"version": version, "discoveryName": kind.rsplit("/", 1)[-1],
                             "parent": "//cloudresourcemanager.googleapis.com/projects/" + number, "location": location, "data": data}}

    @staticmethod
    def refuse_egress():
        return {"assetType": "compute.googleapis.com/Firewall", "resource": {"data": {
            "name": "refuse-egress", "direction": "EGRESS", "disabled": False, "priority": 64000,
            "denied": [{"IPProtocol": "all"}], "destinationRanges": ["0.0.0.0/0"]}}}

    def storage_bucket(self):
        kind, (project, number) = "storage.googleapis.com/Bucket", self.pick(PROJECTS)
        name = "brindlemoor-gs-" + self.name("gs", ["tiles", "landing", "curated", "media", "exports"])
        native = "//storage.googleapis.com/" + name
        weak = self.weaknesses({"public": 0.12, "acl": 0.12, "no-recovery": 0.12, "open-network": 0.25, "editor": 0.12, "one-region": 0.2})
        tags = self.tags()

        def render(weak):
            data = {"id": name, "kind": "storage#bucket", "name": name, "location": "EUROPE-WEST3" if "one-region" in weak else "EU",
                    "locationType": "region" if "one-region" in weak else "multi-region", "projectNumber": number,
                    "storageClass": "STANDARD", "timeCreated": "2026-02-09T13:20:44.517Z",
                    "iamConfiguration": {"publicAccessPrevention": "inherited" if "public" in weak else "enforced",
                                         "uniformBucketLevelAccess": {"enabled": "acl" not in weak}},
                    "softDeletePolicy": {"retentionDurationSeconds": "0" if "no-recovery" in weak else "1209600"},
                    "versioning": {"enabled": "no-recovery" not in weak}, "encryption": {}, "labels": tags}
            data["ipFilter"] = {"mode": "Disabled"} if "open-network" in weak else {
                "mode": "Enabled", "allowAllServiceAgentAccess": False, "publicNetworkSource": {"allowedIpCidrRanges": ["203.0.113.0/24"]}}
            return self.asset(native, kind, number, "europe", "v1", data)

        companions = [(native, "iam-policy", [self.bucket_policy(project, weak)])]
        self.add("gcp", kind, number, native, render, companions, weak, tags)
        self.resources[-1].policy = lambda weak: self.bucket_policy(project, weak)

    @staticmethod
    def bucket_policy(project, weak):
        return {"etag": "demo", "bindings": [
            {"role": "roles/storage.objectViewer", "members": ["allUsers"] if "public" in weak else ["group:readers@example.org"]},
            {"role": "roles/editor" if "editor" in weak else "roles/storage.objectUser",
             "members": ["serviceAccount:loader@%s.iam.gserviceaccount.com" % project]}]}

    def cloud_function(self):
        kind, (project, number) = "cloudfunctions.googleapis.com/Function", self.pick(PROJECTS)
        name = self.name("gcf", ["render", "import", "notify", "merge"])
        where = "projects/%s/locations/europe-west3/" % project
        native, service = "//cloudfunctions.googleapis.com/" + where + "functions/" + name, where + "services/" + name
        weak = self.weaknesses({"public": 0.12, "open-network": 0.2, "setting": 0.12, "old-runtime": 0.25, "default-account": 0.25,
                                "egress": 0.15, "first-generation": 0.08})
        tags = self.tags()

        def render(weak):
            account = "%s@appspot.gserviceaccount.com" % project if "default-account" in weak else (
                "%s@%s.iam.gserviceaccount.com" % (name, project))
            return self.asset(native, kind, number, "europe-west3", "v2", {
                "name": where + "functions/" + name, "environment": "GEN_1" if "first-generation" in weak else "GEN_2",
                "state": "ACTIVE", "labels": tags,
                "buildConfig": {"runtime": "nodejs18" if "old-runtime" in weak else "python313", "entryPoint": "handle", "automaticUpdatePolicy": {}},
                "serviceConfig": {
                    "service": service, "serviceAccountEmail": account,
                    "ingressSettings": "ALLOW_ALL" if "open-network" in weak else "ALLOW_INTERNAL_ONLY",
                    "vpcConnector": where + "connectors/apps",
                    "vpcConnectorEgressSettings": "PRIVATE_RANGES_ONLY" if "egress" in weak else "ALL_TRAFFIC",
                    "environmentVariables": {"DB_PASSWORD": "written-in-plain-text"} if "setting" in weak else {},
                    "timeoutSeconds": 60}})

        companions = [
            (native, "iam-policy", [{"bindings": [{"role": "roles/cloudfunctions.viewer", "members": ["group:operations@example.org"]}]}]),
            (service, "run.googleapis.com/Service", [{"name": "//run.googleapis.com/" + service, "assetType": "run.googleapis.com/Service",
                "resource": {"data": {"ingress": "INGRESS_TRAFFIC_ALL" if "open-network" in weak else "INGRESS_TRAFFIC_INTERNAL_ONLY",
                                      "invokerIamDisabled": False}}}]),
            (service, "iam-policy", [{"bindings": [{"role": "roles/run.invoker", "members": ["allUsers"] if "public" in weak else
                                                    ["serviceAccount:nightly@%s.iam.gserviceaccount.com" % project]}]}]),
            (native, "compute.googleapis.com/Firewall", [self.refuse_egress()]),
        ]
        self.add("gcp", kind, number, native, render, companions, weak, tags)

    def run_service(self):
        kind, (project, number) = "run.googleapis.com/Service", self.pick(PROJECTS)
        name = self.name("run", ["web", "api", "queue"])
        where = "projects/%s/locations/europe-west3/services/%s" % (project, name)
        native = "//run.googleapis.com/" + where
        weak = self.weaknesses({"public": 0.15, "open-network": 0.2, "setting": 0.12, "default-account": 0.15, "egress": 0.15, "frozen": 0.15})
        tags = self.tags()

        def render(weak):
            secret = {"name": "DB_PASSWORD", "value": "written-in-plain-text"} if "setting" in weak else {
                "name": "DB_PASSWORD", "valueSource": {"secretKeyRef": {"secret": name + "-db", "version": "2"}}}
            base = "europe-west3-docker.pkg.dev/serverless-runtimes/google-22-full/runtimes/python313"
            return self.asset(native, kind, number, "europe-west3", "v2", {
                "name": where, "generation": "12", "launchStage": "GA", "labels": tags,
                "ingress": "INGRESS_TRAFFIC_ALL" if "open-network" in weak else "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
                "invokerIamDisabled": False, "defaultUriDisabled": True,
                "buildConfig": {"sourceLocation": "gs://run-sources-%s/%s.zip" % (project, name), "baseImage": base,
                                **({} if "frozen" in weak else {"enableAutomaticUpdates": True})},
                "template": {
                    **({} if "default-account" in weak else {"serviceAccount": "%s@%s.iam.gserviceaccount.com" % (name, project)}),
                    "vpcAccess": {"egress": "PRIVATE_RANGES_ONLY" if "egress" in weak else "ALL_TRAFFIC",
                                  "networkInterfaces": [{"network": "apps", "subnetwork": "run"}]},
                    "containers": [{"image": "europe-west3-docker.pkg.dev/%s/images/%s:2026.11" % (project, name), "baseImageUri": base,
                                    "env": [{"name": "LOG_LEVEL", "value": "info"}, secret], "ports": [{"containerPort": 8080}]}]}})

        companions = [
            (native, "iam-policy", [{"bindings": [{"role": "roles/run.invoker", "members": ["allUsers"] if "public" in weak else
                                                   ["serviceAccount:storefront@%s.iam.gserviceaccount.com" % project]}]}]),
            (native, "compute.googleapis.com/Firewall", [self.refuse_egress()]),
        ]
        self.add("gcp", kind, number, native, render, companions, weak, tags)

    def sql_instance(self):
        kind, (project, number) = "sqladmin.googleapis.com/Instance", self.pick(PROJECTS)
        name = self.name("cloudsql", ["prod", "stage"])
        native = "//cloudsql.googleapis.com/projects/%s/instances/%s" % (project, name)
        weak = self.weaknesses({"open-network": 0.15, "plaintext": 0.15, "unprotected": 0.15, "no-backup": 0.15, "old-engine": 0.15,
                                "password": 0.2, "unlogged": 0.3})
        tags = self.tags()

        def render(weak):
            opened, backed = "open-network" in weak, "no-backup" not in weak
            flags = [{"name": "log_connections", "value": "off" if "unlogged" in weak else "on"},
                     {"name": "cloudsql.enable_pgaudit", "value": "off" if "unlogged" in weak else "on"},
                     {"name": "pgaudit.log", "value": "none" if "unlogged" in weak else "all"},
                     {"name": "cloudsql.iam_authentication", "value": "off" if "password" in weak else "on"},
                     {"name": "ssl_min_protocol_version", "value": "TLSv1.2"}]
            return self.asset(native, kind, number, "europe-west3", "v1beta4", {
                "kind": "sql#instance", "name": name, "project": project, "region": "europe-west3", "state": "RUNNABLE",
                "instanceType": "CLOUD_SQL_INSTANCE", "backendType": "SECOND_GEN", "connectionName": "%s:europe-west3:%s" % (project, name),
                "databaseVersion": "POSTGRES_9_6" if "old-engine" in weak else "POSTGRES_16",
                "serviceAccountEmailAddress": "p%s-%s@gcp-sa-cloud-sql.iam.gserviceaccount.com" % (number, name),
                "serverCaCert": {"commonName": "demo", "expirationTime": "2034-02-09T13:20:44.517Z"},
                "settings": {
                    "tier": "db-custom-2-7680", "edition": "ENTERPRISE", "availabilityType": "REGIONAL", "activationPolicy": "ALWAYS",
                    "dataDiskType": "PD_SSD", "deletionProtectionEnabled": "unprotected" not in weak, "retainBackupsOnDelete": backed,
                    "finalBackupConfig": {"enabled": backed, **({"retentionDays": 30} if backed else {})},
                    "backupConfiguration": {"enabled": backed, "pointInTimeRecoveryEnabled": backed, "startTime": "02:00", "location": "eu",
                                            "transactionLogRetentionDays": 7,
                                            "backupRetentionSettings": {"retentionUnit": "COUNT", "retainedBackups": 14}},
                    "databaseFlags": flags, "dataApiAccess": "DISALLOW_DATA_API",
                    "passwordValidationPolicy": {"enablePasswordPolicy": "password" not in weak, "minLength": 14,
                                                 "complexity": "COMPLEXITY_DEFAULT", "disallowUsernameSubstring": True},
                    "maintenanceWindow": {"day": 7, "hour": 2, "updateTrack": "stable"},
                    "ipConfiguration": {
                        "ipv4Enabled": opened, "privateNetwork": "projects/%s/global/networks/apps" % project,
                        "authorizedNetworks": [{"value": "0.0.0.0/0", "name": "everybody"}] if opened else [],
                        "sslMode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED" if "plaintext" in weak else "ENCRYPTED_ONLY",
                        "requireSsl": "plaintext" not in weak, "serverCaMode": "GOOGLE_MANAGED_CAS_CA",
                        "pscConfig": {"pscEnabled": False}},
                    "userLabels": tags}})

        self.add("gcp", kind, number, native, render, self.sql_companions(project, native, name, weak), weak, tags)

    @staticmethod
    def sql_companions(project, native, name, weak):
        users = [{"name": "api@%s.iam" % project, "type": "CLOUD_IAM_SERVICE_ACCOUNT", "instance": name},
                 {"name": "operators@example.org", "type": "CLOUD_IAM_GROUP", "instance": name}]
        return [(native, "sqladmin:users.list", [{"items": users + (
            [{"name": "postgres", "type": "BUILT_IN", "instance": name}] if "password" in weak else [])}])]

    def gcp_event(self, resource, weak, at, content="resource", deleted=False, seen=True):
        asset = resource.render(weak)
        stamp = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        if content == "policy":
            asset["iamPolicy"] = resource.policy(weak)
        if content == "policy" or deleted:
            del asset["resource"]
        asset = {"name": asset.pop("name"), "assetType": asset.pop("assetType"), "ancestors": asset.pop("ancestors"),
                 **({} if deleted else {"updateTime": stamp}), **asset}
        event = {"asset": asset, "priorAssetState": "PRESENT" if seen else "DOES_NOT_EXIST", "window": {"startTime": stamp}}
        if deleted:
            event["deleted"] = True
            event["priorAsset"] = {"name": asset["name"], "assetType": asset["assetType"], "ancestors": asset["ancestors"]}
        self.gcp.append([at, event])

    # -- what happened -------------------------------------------------------------------------------------------

    def build(self):
        self.aws_accounts()
        self.subscriptions()
        self.projects()
        for make, count in (
                (self.bucket, 22), (self.database, 12), (self.function, 16), (self.service, 9), (self.storage_account, 14),
                (self.sql_server, 8), (self.postgres_server, 6), (self.function_app, 10), (self.container_app, 8),
                (self.storage_bucket, 14), (self.cloud_function, 12), (self.run_service, 11), (self.sql_instance, 8)):
            for _ in range(count):
                make()
        self.table("ferry-seats")
        for provider in ("aws", "azure", "gcp"):
            self.happen(provider, [one for one in self.resources if one.provider == provider])
        self.deny()

    def happen(self, provider, resources):
        """Events for most resources: the others were there before the feed, and only the sweep finds them."""
        self.rng.shuffle(resources)
        tell = {"aws": self.tell_aws, "azure": self.tell_azure, "gcp": self.tell_gcp}[provider]
        table = [one for one in resources if one.kind == "AWS::DynamoDB::Table"]
        for index, resource in enumerate([one for one in resources if one not in table] + table):
            last = self.moment(80, 1.5)
            if index % 6 == 5 and resource not in table:
                resource.changed_at = self.moment(24 * 200, 24 * 20)
            else:
                resource.changed_at = last
                tell(index, resource, last)

    def tell_aws(self, index, resource, at):
        earlier = {
            "AWS::S3::Bucket": {"public-policy", "plaintext"}, "AWS::RDS::DBInstance": {"public", "unprotected"},
            "AWS::Lambda::Function": {"setting", "old-runtime"}, "AWS::ECS::Service": {"public-ip", "open-group"}}.get(resource.kind, set())
        before = at - timedelta(hours=6, minutes=index)
        if index == 2:
            self.aws_event(resource, resource.weak, at, oversized=True)
        elif index in (3, 9, 15, 21, 27, 33, 39):  # failed first, mended since
            resource.weak -= earlier
            self.aws_event(resource, resource.weak | earlier, before, "ResourceDiscovered")
            self.aws_event(resource, resource.weak, at)
            if index in (21, 33):  # the two arrive in the wrong order
                self.aws[-1][0], self.aws[-2][0] = self.aws[-2][0], self.aws[-1][0]
        elif index in (8, 20, 32):  # deleted; once the delete overtakes the creation
            resource.in_estate = False
            self.aws_event(resource, resource.weak, before, "ResourceDiscovered")
            self.aws_event(resource, resource.weak, at, "ResourceDeleted")
            if index == 20:
                self.aws[-1][0], self.aws[-2][0] = self.aws[-2][0], self.aws[-1][0]
        else:
            self.aws_event(resource, resource.weak, at, "OK" if index % 4 else "ResourceDiscovered")
            if index in (6, 14, 26):  # delivered twice
                self.aws.append([at + timedelta(minutes=4), self.aws[-1][1]])
            if index == 13:  # gone since, and no event said so
                resource.in_estate = False

    def tell_azure(self, index, resource, at):
        child = {"Microsoft.Storage/storageAccounts": ("blobServices", "default"), "Microsoft.Sql/servers": ("firewallRules", "office"),
                 "Microsoft.DBforPostgreSQL/flexibleServers": ("configurations", "require_secure_transport")}.get(resource.kind)
        before = at - timedelta(hours=5, minutes=index)
        if index in (7, 22):
            resource.in_estate = False
            self.azure_event(resource, before, cloud=index == 22)
            self.azure_event(resource, at, "delete", cloud=index == 22, notification=index == 7)
            return
        if child and index % 3 == 0:
            self.azure_event(resource, before)
            self.azure_event(resource, at, child=child, cloud=True)
            return
        self.azure_event(resource, at, cloud=index % 2 == 1, notification=index % 5 == 4)
        if index in (10, 25):
            self.azure.append([at + timedelta(minutes=3), self.azure[-1][1]])

    def tell_gcp(self, index, resource, at):
        before = at - timedelta(hours=7, minutes=index)
        if index == 8:
            resource.in_estate = False
            self.gcp_event(resource, resource.weak, before)
            self.gcp_event(resource, resource.weak, at, deleted=True)
        elif resource.kind == "storage.googleapis.com/Bucket" and index % 3 == 0:  # opened, then closed again
            self.gcp_event(resource, resource.weak | {"public"}, before)
            self.gcp_event(resource, resource.weak, at - timedelta(minutes=2), "policy")
            self.gcp_event(resource, resource.weak, at)
        elif index in (4, 16, 28):
            earlier = {"open-network", "setting"}
            resource.weak -= {"open-network", "setting"}
            self.gcp_event(resource, resource.weak | earlier, before, seen=False)
            self.gcp_event(resource, resource.weak, at)
        else:
            self.gcp_event(resource, resource.weak, at, seen=index % 4 != 0)
            if index in (7, 19):
                self.gcp.append([at + timedelta(minutes=1), self.gcp[-1][1]])
            if index == 13:  # gone since, and no event said so
                resource.in_estate = False

    def deny(self):
        """One bucket's ownership settings may not be read."""
        bucket = next(one for one in self.resources if one.kind == "AWS::S3::Bucket" and one.in_estate)
        bucket.companions = [one for one in bucket.companions if one[1] != "s3:GetBucketOwnershipControls"]
        self.beside(bucket.native_id, "s3:GetBucketOwnershipControls", [], denied=True)

    def document(self, resource):
        at = resource.changed_at
        if resource.provider == "aws":
            return self.item(resource, resource.weak, at)
        body = resource.render(resource.weak)
        if resource.provider == "azure":
            return {**body, "tags": resource.tags, "systemData": {"lastModifiedAt": at.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")}}
        return {"name": body["name"], "assetType": body["assetType"], "ancestors": body["ancestors"],
                "updateTime": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "resource": body["resource"]}

    def register(self):
        lines = ["# The register of the example organisation, as of %s. Written by make_estate.py." % self.stamp(self.now)[:10],
                 "organisation: Brindlemoor District Works", "windows: { event-hours: 96, sweep-hours: 26 }", "entries:"]
        for kind, owner, reviewer, since, left, sensitivity, criticality, controls in REVIEWED:
            lines += [
                "  - service-type: " + ('"%s"' % kind if "#" in kind else kind), "    owner: " + owner, "    reviewed-by: " + reviewer,
                '    reviewed-on: "%s"' % (self.now - timedelta(days=since)).date(),
                '    expires-on: "%s"' % (self.now + timedelta(days=left)).date(),
                "    approved: true", "    sensitivity: " + sensitivity, "    criticality: " + criticality]
            if controls:
                lines.append("    controls: [ %s ]" % controls)
        return "\n".join(lines) + "\n"

    def write(self, folder):
        documents = []
        for resource in self.resources:
            if resource.in_estate:
                documents.append(self.document(resource))
                for of, kind, content in resource.companions:
                    self.beside(of, kind, content)
        welcome = "You have successfully configured a feed for Cloud Asset Inventory: projects/%s/feeds/brindlemoor-assets." % PROJECTS[0][1]
        files = {
            "aws-events.jsonl": [event for _, event in sorted(self.aws, key=lambda one: one[0])],
            "azure-events.jsonl": [event for _, event in sorted(self.azure, key=lambda one: one[0])],
            "gcp-events.jsonl": [welcome] + [event for _, event in sorted(self.gcp, key=lambda one: one[0])],
            "estate.jsonl": documents + self.lines,
        }
        folder.mkdir(parents=True, exist_ok=True)
        for name, values in files.items():
            (folder / name).write_text("".join(compact(value) + "\n" for value in values), encoding="utf-8")
            print("%-20s %4d lines %7d bytes" % (name, len(values), (folder / name).stat().st_size))
        (folder / "register.yaml").write_text(self.register(), encoding="utf-8")
        print("resources            %4d, in the estate %d, companion lines %d" % (len(self.resources), len(documents), len(self.lines)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--now", default="2026-11-24T06:00:00Z", help="the instant the estate is described at")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "main" / "resources" / "demo")
    options = parser.parse_args()
    now = datetime.strptime(options.now, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    estate = Estate(now, options.seed)
    estate.build()
    estate.write(options.out)


if __name__ == "__main__":
    main()
