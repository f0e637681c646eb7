package dev.demarc.catalogue.oracle;

import static dev.demarc.catalogue.oracle.Reading.about;
import static dev.demarc.catalogue.oracle.Reading.among;
import static dev.demarc.catalogue.oracle.Reading.at;
import static dev.demarc.catalogue.oracle.Reading.digits;
import static dev.demarc.catalogue.oracle.Reading.every;
import static dev.demarc.catalogue.oracle.Reading.filled;
import static dev.demarc.catalogue.oracle.Reading.list;
import static dev.demarc.catalogue.oracle.Reading.none;
import static dev.demarc.catalogue.oracle.Reading.some;
import static dev.demarc.catalogue.oracle.Reading.text;
import static dev.demarc.catalogue.oracle.Reading.truth;
import static dev.demarc.catalogue.oracle.Reading.whole;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Second readings of rows about service types of Google Cloud. */
final class GcpOracles {
    private static final Optional<List<Json>> NOTHING = Optional.of(List.of());

    private GcpOracles() {}

    static Map<String, Function<World, Answer>> all() {
        return Map.ofEntries(
                Map.entry(
                        "artifactregistry.googleapis.com/Repository IDN-03",
                        world -> notPublic(world, "iam-policy", NOTHING)
                                .and(notPublic(world, "project-iam-policy", Optional.empty()))),
                Map.entry(
                        "bigquery.googleapis.com/Dataset DAT-02",
                        world -> filled(data(world, "defaultEncryptionConfiguration", "kmsKeyName"))),
                Map.entry("cloudtasks.googleapis.com/Queue IDN-07", GcpOracles::calledByIdentity),
                Map.entry(
                        "cloudtasks.googleapis.com/Queue NET-04",
                        world -> filled(data(world, "httpTarget", "uriOverride", "host"))),
                Map.entry("compute.googleapis.com/Disk DAT-08", GcpOracles::backupsAreHeld),
                Map.entry("compute.googleapis.com/Firewall OPS-03", GcpOracles::defaultBucketKeeps),
                Map.entry("compute.googleapis.com/Instance DAT-02", GcpOracles::everyDiskIsUnderAKey),
                Map.entry("compute.googleapis.com/Instance IDN-09", GcpOracles::metadataHoldsNoSecret),
                Map.entry(
                        "container.googleapis.com/Cluster DAT-02",
                        world -> text(
                                        data(world, "databaseEncryption", "state"),
                                        "DECRYPTED",
                                        among("ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"))
                                .and(filled(data(world, "databaseEncryption", "keyName")))),
                Map.entry(
                        "container.googleapis.com/Cluster IDN-09",
                        world -> truth(data(world, "secretManagerConfig", "enabled"), false)),
                Map.entry("file.googleapis.com/Instance DAT-02", world -> filled(data(world, "kmsKeyName"))),
                Map.entry("iam.googleapis.com/ServiceAccount OPS-02", GcpOracles::usesAreRecorded),
                Map.entry("logging.googleapis.com/LogBucket IDN-02", GcpOracles::noWorkloadReadsLogs),
                Map.entry(
                        "pubsub.googleapis.com/Subscription DAT-06",
                        world -> truth(data(world, "retainAckedMessages"), false)
                                .and(filled(data(world, "deadLetterPolicy", "deadLetterTopic")))),
                Map.entry("run.googleapis.com/Service NET-03", GcpOracles::isAttachedToANetwork),
                Map.entry("sqladmin.googleapis.com/Instance IDN-04", GcpOracles::signsInByIdentity),
                Map.entry(
                        "sqladmin.googleapis.com/Instance NET-03",
                        world -> filled(data(world, "settings", "ipConfiguration", "privateNetwork"))
                                .or(truth(
                                        data(world, "settings", "ipConfiguration", "pscConfig", "pscEnabled"), false))),
                Map.entry(
                        "storage.googleapis.com/Bucket DAT-02",
                        world -> filled(data(world, "encryption", "defaultKmsKeyName"))),
                Map.entry("storage.googleapis.com/Bucket DAT-03", GcpOracles::plainHttpIsRefused),
                Map.entry(
                        "storage.googleapis.com/Bucket DAT-06",
                        world -> digits(
                                        data(world, "softDeletePolicy", "retentionDurationSeconds"),
                                        seconds -> seconds >= 7 * 24 * 3600)
                                .or(truth(data(world, "versioning", "enabled"), false))));
    }

    private static Json data(World world, String... names) {
        return at(at(world.main(), "resource", "data"), names);
    }

    private static Answer notPublic(World world, String policy, Optional<List<Json>> absent) {
        return about(
                World.reached(world.documents(policy), absent, false, "bindings", "*", "members", "*")
                        .flatMap(Reading::words),
                members -> members.stream().noneMatch(among("allUsers", "allAuthenticatedUsers")));
    }

    private static Answer calledByIdentity(World world) {
        Answer token = filled(data(world, "httpTarget", "oidcToken", "serviceAccountEmail"))
                .or(filled(data(world, "httpTarget", "oauthToken", "serviceAccountEmail")));
        Answer secretHeader = some(
                list(data(world, "httpTarget", "headerOverrides"), List.of()),
                header -> text(
                        at(header, "header", "key"),
                        among("Authorization", "X-Api-Key", "Api-Key", "Proxy-Authorization", "Cookie")));
        // Without a token of the queue's, each task may still carry its own; a fixed secret in a header rules that out.
        return token.or(secretHeader.not().and(Answer.OPEN));
    }

    private static Answer backupsAreHeld(World world) {
        Optional<List<Json>> vaults = world.all("backup-vaults");
        Answer planned =
                some(world.all("backup-plans"), plan -> text(at(plan, "resource", "data", "state"), among("ACTIVE")));
        Answer held = every(
                vaults,
                vault -> text(
                        at(vault, "resource", "data", "backupMinimumEnforcedRetentionDuration"),
                        "0s",
                        period -> !period.isEmpty() && !period.equalsIgnoreCase("0s")));
        return planned.and(about(vaults, all -> !all.isEmpty())).and(held);
    }

    private static Answer defaultBucketKeeps(World world) {
        return some(
                world.all("log-buckets"),
                bucket -> text(
                                at(bucket, "name"),
                                name -> name.toLowerCase(Locale.ROOT).endsWith("/buckets/_default"))
                        .and(whole(at(bucket, "resource", "data", "retentionDays"), 30, days -> days >= 90)));
    }

    private static Answer everyDiskIsUnderAKey(World world) {
        Optional<List<Json>> disks = list(data(world, "disks"));
        return about(disks, all -> !all.isEmpty())
                .and(every(disks, disk -> filled(at(disk, "diskEncryptionKey", "kmsKeyName"))));
    }

    private static Answer metadataHoldsNoSecret(World world) {
        Optional<List<Json>> items = list(data(world, "metadata", "items"), List.of());
        Answer secret = some(
                items,
                item -> text(
                        at(item, "value"),
                        "",
                        value -> Stream.of("PRIVATE KEY-----", "aws_secret_access_key", "\"private_key\"")
                                .anyMatch(value::contains)));
        Answer known = every(items, item -> {
            Answer harmless = text(
                    at(item, "key"),
                    among(
                            "enable-oslogin",
                            "enable-oslogin-2fa",
                            "block-project-ssh-keys",
                            "ssh-keys",
                            "serial-port-enable",
                            "enable-osconfig",
                            "enable-guest-attributes",
                            "google-logging-enabled",
                            "google-monitoring-enabled",
                            "startup-script-url"));
            return harmless == Answer.YES ? Answer.YES : Answer.OPEN;
        });
        return secret.not().and(known);
    }

    /** All services at once, or the three that hand out and exchange identities. */
    private static Answer usesAreRecorded(World world) {
        Optional<List<Json>> configurations = world.listedOrNone("project-iam-policy", "auditConfigs");
        return records(configurations, "allServices")
                .or(records(configurations, "iam.googleapis.com")
                        .and(records(configurations, "iamcredentials.googleapis.com"))
                        .and(records(configurations, "sts.googleapis.com")));
    }

    private static Answer records(Optional<List<Json>> configurations, String service) {
        return some(
                configurations,
                one -> text(at(one, "service"), among(service))
                        .and(about(
                                World.reached(
                                                Optional.of(List.of(one)),
                                                Optional.empty(),
                                                false,
                                                "auditLogConfigs",
                                                "*",
                                                "logType")
                                        .flatMap(Reading::words),
                                types -> types.stream().anyMatch(among("DATA_READ")))));
    }

    /** Google's own agent of the project does not count as a workload. */
    private static Answer noWorkloadReadsLogs(World world) {
        return none(
                world.listed("project-iam-policy", "bindings"),
                binding -> text(
                                at(binding, "role"),
                                among(
                                        "roles/owner",
                                        "roles/editor",
                                        "roles/logging.admin",
                                        "roles/logging.privateLogViewer"))
                        .and(about(
                                Reading.words(at(binding, "members")),
                                members -> members.stream()
                                        .anyMatch(member -> member.startsWith("serviceAccount:")
                                                && !member.endsWith("@cloudservices.gserviceaccount.com")))));
    }

    private static Answer isAttachedToANetwork(World world) {
        Json access = data(world, "template", "vpcAccess");
        Json annotations = data(world, "spec", "template", "metadata", "annotations");
        Json connector = at(access, "connector");
        Json interfaces = at(access, "networkInterfaces");
        return filled(connector.isNull() ? at(annotations, "run.googleapis.com/vpc-access-connector") : connector)
                .or(about(
                        list(
                                interfaces.isNull()
                                        ? at(annotations, "run.googleapis.com/network-interfaces")
                                        : interfaces,
                                List.of()),
                        all -> !all.isEmpty()));
    }

    private static Answer signsInByIdentity(World world) {
        Json version = data(world, "databaseVersion");
        if (text(version, name -> name.toUpperCase(Locale.ROOT).startsWith("SQLSERVER_")) == Answer.YES) {
            return Answer.ASIDE;
        }
        return flagged(world, version, "POSTGRES_", "cloudsql.iam_authentication")
                .or(flagged(world, version, "MYSQL_", "cloudsql_iam_authentication"));
    }

    private static Answer flagged(World world, Json version, String family, String flag) {
        return text(version, name -> name.toUpperCase(Locale.ROOT).startsWith(family))
                .and(some(
                        list(data(world, "settings", "databaseFlags"), List.of()),
                        one -> text(at(one, "name"), among(flag)).and(text(at(one, "value"), among("on")))));
    }

    private static Answer plainHttpIsRefused(World world) {
        Optional<List<Json>> rules = world.listedOrNone("secure-transport-constraint", "spec", "rules");
        return about(rules, all -> !all.isEmpty()).and(every(rules, rule -> truth(at(rule, "enforce"))));
    }
}
