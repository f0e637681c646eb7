package dev.demarc.catalogue.oracle;

import static dev.demarc.catalogue.oracle.Reading.about;
import static dev.demarc.catalogue.oracle.Reading.among;
import static dev.demarc.catalogue.oracle.Reading.at;
import static dev.demarc.catalogue.oracle.Reading.every;
import static dev.demarc.catalogue.oracle.Reading.filled;
import static dev.demarc.catalogue.oracle.Reading.none;
import static dev.demarc.catalogue.oracle.Reading.some;
import static dev.demarc.catalogue.oracle.Reading.text;
import static dev.demarc.catalogue.oracle.Reading.truth;
import static dev.demarc.catalogue.oracle.Reading.whole;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Second readings of rows about service types of AWS that stand for themselves; the rest is in the two sisters. */
final class AwsOracles {
    private static final Optional<List<Json>> NOTHING = Optional.of(List.of());

    private AwsOracles() {}

    static Map<String, Function<World, Answer>> all() {
        return Map.ofEntries(
                Map.entry("AWS::CloudTrail::Trail OPS-02", AwsOracles::recordsDataEvents),
                Map.entry(
                        "AWS::DynamoDB::Table DAT-05",
                        world -> text(
                                world.one("time-to-live", "TimeToLiveDescription", "TimeToLiveStatus"),
                                among("ENABLED"))),
                Map.entry("AWS::DynamoDB::Table DAT-06", AwsOracles::recoversToAPoint),
                Map.entry("AWS::EC2::Instance NET-07", AwsOracles::standsApart),
                Map.entry("AWS::ECR::Repository OPS-02", AwsOracles::recordsReads),
                Map.entry("AWS::ECS::Service#fargate OPS-05", AwsOracles::runsOnASupportedPlatform),
                Map.entry("AWS::EKS::Cluster NET-05", AwsOracles::nodesHaveNoPublicAddress),
                Map.entry(
                        "AWS::IAM::Role OPS-10",
                        world -> some(
                                        world.all("analyzers"),
                                        one -> text(at(one, "configuration", "Type"), among("ACCOUNT", "ORGANIZATION")))
                                .and(some(world.all("detectors"), one -> truth(at(one, "configuration", "Enable"))))),
                Map.entry(
                        "AWS::KMS::Key DAT-07",
                        world -> text(
                                        at(world.main(), "configuration", "keyState"),
                                        among("PendingDeletion", "PendingReplicaDeletion"))
                                .not()),
                Map.entry("AWS::Lambda::Function DAT-02", AwsOracles::codeIsUnderAKey),
                Map.entry("AWS::Lambda::Function OPS-08", AwsOracles::codeIsSignedOrPinned),
                Map.entry("AWS::Logs::LogGroup IDN-04", world -> takesNoToken(world.listed("log-group", "logGroups"))),
                Map.entry("AWS::Logs::LogGroup OPS-01", AwsOracles::aTrailCovers),
                Map.entry("AWS::Logs::LogGroup OPS-03", world -> keepsLong(world.listed("log-group", "logGroups"))),
                Map.entry("AWS::RDS::DBInstance DAT-04", AwsOracles::refusesOldProtocols),
                Map.entry(
                        "AWS::RDS::DBInstance OPS-04",
                        world -> whole(
                                at(world.main(), "configuration", "backupRetentionPeriod"), 1, days -> days >= 7)),
                Map.entry(
                        "AWS::Redshift::Cluster OPS-04",
                        world -> whole(
                                at(world.main(), "configuration", "automatedSnapshotRetentionPeriod"),
                                days -> days >= 7)),
                Map.entry("AWS::SecretsManager::Secret OPS-01", AwsOracles::aTrailCovers));
    }

    private static Answer recordsDataEvents(World world) {
        return some(
                world.listed("event-selectors", "EventSelectors"),
                selector -> about(
                        World.reached(Optional.of(List.of(selector)), NOTHING, false, "DataResources", "*", "Type")
                                .flatMap(Reading::words),
                        types -> !types.isEmpty()));
    }

    private static Answer recoversToAPoint(World world) {
        Json backups = at(
                world.main(),
                "supplementaryConfiguration",
                "ContinuousBackupsDescription",
                "pointInTimeRecoveryDescription");
        return text(at(backups, "pointInTimeRecoveryStatus"), among("ENABLED"));
    }

    /** In a group of its own that lets in neither everybody nor a whole private range. */
    private static Answer standsApart(World world) {
        Optional<List<String>> groups = World.reached(
                        Optional.of(List.of(world.main())),
                        Optional.empty(),
                        false,
                        "configuration",
                        "securityGroups",
                        "*",
                        "groupName")
                .flatMap(Reading::words);
        Optional<List<String>> sources = World.reached(
                        world.documentsFor("security-groups", "configuration", "securityGroups", "*", "groupId"),
                        Optional.empty(),
                        true,
                        "configuration",
                        "ipPermissions",
                        "*",
                        "ipv4Ranges",
                        "*",
                        "cidrIp")
                .flatMap(Reading::words);
        Predicate<String> wide = among("0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
        return about(groups, names -> !names.isEmpty() && names.stream().noneMatch(among("default")))
                .and(about(sources, ranges -> ranges.stream().noneMatch(wide)));
    }

    private static Answer aTrailWrites(World world) {
        return some(world.all("trail-status"), status -> truth(at(status, "IsLogging")));
    }

    private static Answer everyTrailWrites(World world) {
        return every(world.all("trail-status"), status -> truth(at(status, "IsLogging")));
    }

    private static Answer aTrailIsEverywhere(World world) {
        return some(world.all("trail"), trail -> truth(at(trail, "configuration", "isMultiRegionTrail")));
    }

    /** Which trail writes and which covers this region is only certain when all of them write. */
    static Answer aTrailCovers(World world) {
        boolean certain = everyTrailWrites(world).and(aTrailIsEverywhere(world)) == Answer.YES;
        return aTrailWrites(world).and(certain ? Answer.YES : Answer.OPEN);
    }

    private static Answer recordsReads(World world) {
        Optional<List<Json>> selectors = world.listed("event-selectors", "EventSelectors");
        Answer complete = every(
                        selectors,
                        selector -> truth(at(selector, "IncludeManagementEvents"))
                                .and(text(at(selector, "ReadWriteType"), among("All"))))
                .and(about(selectors, all -> !all.isEmpty()));
        return aTrailCovers(world).and(complete == Answer.YES ? Answer.YES : Answer.OPEN);
    }

    private static Answer runsOnASupportedPlatform(World world) {
        Json version = at(world.main(), "configuration", "PlatformVersion");
        Answer retired = text(version, "LATEST", among("1.0.0", "1.1.0", "1.2.0"));
        boolean current = text(version, "LATEST", among("LATEST", "1.4.0")) == Answer.YES;
        Json launch = at(world.main(), "configuration", "LaunchType");
        Optional<List<Json>> main = Optional.of(List.of(world.main()));
        Optional<List<String>> own = providers(main, NOTHING, "CapacityProviderStrategy");
        Optional<List<String>> ofCluster = providers(
                world.documentsFor("cluster", "configuration", "Cluster"),
                Optional.empty(),
                "DefaultCapacityProviderStrategy");
        boolean fargate = text(launch, "", among("FARGATE")) == Answer.YES
                || about(own, AwsOracles::isFargate) == Answer.YES
                || filled(launch) == Answer.NO
                        && about(own, List::isEmpty) == Answer.YES
                        && about(ofCluster, AwsOracles::isFargate) == Answer.YES;
        return retired.not().and(current && fargate ? Answer.YES : Answer.OPEN);
    }

    private static Optional<List<String>> providers(
            Optional<List<Json>> documents, Optional<List<Json>> absent, String strategy) {
        return World.reached(documents, absent, false, "configuration", strategy, "*", "CapacityProvider")
                .flatMap(Reading::words);
    }

    private static boolean isFargate(List<String> providers) {
        return !providers.isEmpty()
                && providers.stream().allMatch(one -> one.equals("FARGATE") || one.equals("FARGATE_SPOT"));
    }

    private static Answer nodesHaveNoPublicAddress(World world) {
        Optional<List<Json>> subnets = world.all("node-subnets");
        Answer found = about(subnets, all -> !all.isEmpty()) == Answer.YES ? Answer.YES : Answer.OPEN;
        Optional<List<Json>> interfaces = World.reached(
                        world.documents("launch-templates"),
                        NOTHING,
                        true,
                        "LaunchTemplateVersions",
                        "*",
                        "LaunchTemplateData",
                        "NetworkInterfaces")
                .flatMap(AwsOracles::flat);
        return found.and(none(subnets, one -> truth(at(one, "configuration", "mapPublicIpOnLaunch"))))
                .and(none(interfaces, one -> truth(at(one, "AssociatePublicIpAddress"), false)));
    }

    static Optional<List<Json>> flat(List<Json> arrays) {
        boolean all = arrays.stream().allMatch(Json.JsonArray.class::isInstance);
        return Reading.objects(
                all ? arrays.stream().flatMap(one -> one.elements().stream()).toList() : arrays);
    }

    private static Answer codeIsUnderAKey(World world) {
        return filled(at(world.main(), "configuration", "kmskeyArn"))
                .and(filled(world.one("code", "Code", "SourceKMSKeyArn")).or(packaged(world, "Image")));
    }

    private static Answer codeIsSignedOrPinned(World world) {
        Answer signed = packaged(world, "Zip").and(filled(world.one("code-signing", "CodeSigningConfigArn")));
        Answer pinned = packaged(world, "Image")
                .and(text(world.one("code", "Code", "ImageUri"), "", uri -> uri.matches(".*@sha256:[0-9a-f]{64}")));
        return signed.or(pinned);
    }

    private static Answer packaged(World world, String kind) {
        return text(at(world.main(), "configuration", "packageType"), among(kind));
    }

    private static Answer takesNoToken(Optional<List<Json>> groups) {
        return about(groups, all -> !all.isEmpty())
                .and(none(groups, group -> truth(at(group, "bearerTokenAuthenticationEnabled"), false)));
    }

    /** Zero days, and no days at all, mean for ever. */
    private static Answer keepsLong(Optional<List<Json>> groups) {
        Function<Json, Json> days = group -> at(group, "retentionInDays");
        return some(groups, group -> whole(days.apply(group), 0, count -> count >= 0))
                .and(every(groups, group -> whole(days.apply(group), 0, count -> count == 0 || count >= 90)));
    }

    private static Answer refusesOldProtocols(World world) {
        String engine = at(world.main(), "configuration", "engine").text().orElse("");
        boolean postgres = engine.equalsIgnoreCase("postgres");
        if (!postgres && !among("mysql", "mariadb").test(engine)) {
            return Answer.OPEN;
        }
        Optional<List<Json>> parameters = world.listed("parameters", "Parameters");
        Answer strict = some(
                parameters,
                one -> postgres
                        ? named(one, "ssl_min_protocol_version")
                                .and(text(at(one, "ParameterValue"), among("TLSv1.2", "TLSv1.3")))
                        : named(one, "tls_version").and(text(at(one, "ParameterValue"), AwsOracles::onlyNewVersions)));
        Answer silent = none(parameters, one -> named(one, "ssl_min_protocol_version", "tls_version"));
        return strict.or(silent.and(Answer.OPEN));
    }

    private static Answer named(Json parameter, String... names) {
        return text(at(parameter, "ParameterName"), among(names));
    }

    private static boolean onlyNewVersions(String versions) {
        return List.of(versions.split(",", -1)).stream()
                .map(String::strip)
                .allMatch(one -> one.equals("TLSv1.2") || one.equals("TLSv1.3"));
    }
}
