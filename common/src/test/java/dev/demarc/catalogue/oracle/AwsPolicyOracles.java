package dev.demarc.catalogue.oracle;

import static dev.demarc.catalogue.oracle.Reading.about;
import static dev.demarc.catalogue.oracle.Reading.among;
import static dev.demarc.catalogue.oracle.Reading.at;
import static dev.demarc.catalogue.oracle.Reading.digits;
import static dev.demarc.catalogue.oracle.Reading.every;
import static dev.demarc.catalogue.oracle.Reading.filled;
import static dev.demarc.catalogue.oracle.Reading.some;
import static dev.demarc.catalogue.oracle.Reading.text;
import static dev.demarc.catalogue.oracle.Reading.truth;

import dev.demarc.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Second readings of rows of AWS that rest on a policy document or on the rules of security groups. */
final class AwsPolicyOracles {
    private static final Set<String> PORTS_OF_DATABASES = Set.of("1433", "1521", "3306", "5432", "50000");
    private static final Set<String> NETWORKS =
            Set.of("aws:sourcevpc", "aws:sourcevpce", "aws:sourceip", "aws:vpcsourceip");

    private AwsPolicyOracles() {}

    static Map<String, Function<World, Answer>> all() {
        return Map.of(
                "AWS::ECR::Repository DAT-10", AwsPolicyOracles::sharesWithKnownAccounts,
                "AWS::EFS::FileSystem IDN-02", AwsPolicyOracles::clientsAreConfined,
                "AWS::RDS::DBInstance NET-01", AwsPolicyOracles::isOffTheInternet,
                "AWS::SQS::Queue NET-03", AwsPolicyOracles::isReachedPrivately);
    }

    /** Nobody but a named organisation or account is allowed, and nothing is replicated to places that are not judged. */
    private static Answer sharesWithKnownAccounts(World world) {
        Answer open = policy(world.one("policy", "policyText"), AwsPolicyOracles::allowsEverybody);
        Optional<List<Json>> replication = world.listedOrNone("registry", "replicationConfiguration", "rules");
        Answer stays = about(replication, List::isEmpty) == Answer.YES ? Answer.YES : Answer.OPEN;
        Answer known = every(world.listedOrNone("policy", "policyText", "Statement"), statement -> {
            boolean trusted = text(at(statement, "Effect"), among("Deny")) == Answer.YES
                    || filled(at(statement, "Condition", "StringEquals", "aws:PrincipalOrgID")) == Answer.YES
                    || filled(at(statement, "Condition", "StringEquals", "aws:PrincipalAccount")) == Answer.YES;
            return trusted ? Answer.YES : Answer.OPEN;
        });
        return open.not().and(stays).and(known);
    }

    private static Answer clientsAreConfined(World world) {
        Optional<List<Json>> points = world.all("access-points");
        Answer confined = every(
                points,
                point -> whole(at(point, "configuration", "PosixUser", "Uid"))
                        .and(text(
                                at(point, "configuration", "RootDirectory", "Path"), "/", path -> !path.equals("/"))));
        Json policy = world.one("policy", "Policy");
        Answer written = policy.isNull() ? Answer.NO : policy(policy, statements -> Answer.YES);
        Answer narrow = every(world.listedOrNone("policy", "Policy", "Statement"), AwsPolicyOracles::isNarrow);
        return about(points, all -> !all.isEmpty()).and(confined).and(written).and(narrow);
    }

    /** An access point names a user that is not root. */
    private static Answer whole(Json uid) {
        return uid.isNull() ? Answer.NO : digits(uid, id -> id >= 1);
    }

    private static Answer isNarrow(Json statement) {
        if (text(at(statement, "Effect"), among("Deny")) == Answer.YES) {
            return Answer.YES;
        }
        Json action = at(statement, "Action");
        Predicate<String> wide =
                among("*", "elasticfilesystem:*", "elasticfilesystem:Client*", "elasticfilesystem:ClientRootAccess");
        Answer several =
                about(Reading.words(action), actions -> actions.stream().noneMatch(wide));
        Answer one = text(action, name -> name.matches("elasticfilesystem:Client(Mount|Write)"));
        Answer deny = text(at(statement, "Effect"), among("Deny"));
        return deny.or(one).or(several);
    }

    private static Answer isOffTheInternet(World world) {
        Optional<List<Json>> groups =
                world.documentsFor("security-groups", "configuration", "vpcSecurityGroups", "*", "vpcSecurityGroupId");
        Answer anySource = ranges(groups, "ipv4Ranges", "cidrIp", "0.0.0.0/0")
                .or(ranges(groups, "ipv6Ranges", "cidrIpv6", "::/0"));
        Json port = at(world.main(), "configuration", "endpoint", "port");
        Answer usual = Reading.whole(port, number -> PORTS_OF_DATABASES.contains(Long.toString(number)));
        Optional<List<Json>> rules = World.gathered(groups, Optional.empty(), "configuration", "ipPermissions")
                .flatMap(Reading::objects);
        Answer reached = rules.map(AwsPolicyOracles::reachesADatabase).orElse(Answer.OPEN);
        Answer shut =
                anySource.not().or(usual.and(reached.not())).or(usual.not().and(Answer.OPEN));
        return truth(at(world.main(), "configuration", "publiclyAccessible"))
                .not()
                .and(shut);
    }

    private static Answer ranges(Optional<List<Json>> groups, String kind, String member, String every) {
        return about(
                World.reached(groups, Optional.empty(), true, "configuration", "ipPermissions", "*", kind, "*", member)
                        .flatMap(Reading::words),
                ranges -> ranges.contains(every));
    }

    private static Answer reachesADatabase(List<Json> rules) {
        boolean clear = true;
        for (Json rule : rules) {
            List<Json> sources = new ArrayList<>();
            for (String kind : List.of("ipv4Ranges", "ipv6Ranges", "ipRanges", "userIdGroupPairs", "prefixListIds")) {
                Optional.of(rule.at(kind)).filter(source -> !source.isNull()).ifPresent(sources::add);
            }
            Optional<String> protocol = rule.at("ipProtocol").text();
            if (protocol.isEmpty()
                    || sources.isEmpty()
                    || !sources.stream().allMatch(Json.JsonArray.class::isInstance)) {
                clear = false;
            } else if (admitsAll(rule) && coversADatabase(rule, protocol.get())) {
                return Answer.YES;
            }
        }
        return clear ? Answer.NO : Answer.OPEN;
    }

    private static boolean admitsAll(Json rule) {
        return rule.at("ipv4Ranges").elements().stream()
                        .anyMatch(one -> one.textAt("cidrIp", "").equals("0.0.0.0/0"))
                || rule.at("ipv6Ranges").elements().stream()
                        .anyMatch(one -> one.textAt("cidrIpv6", "").equals("::/0"))
                || rule.at("ipRanges").elements().contains(Json.of("0.0.0.0/0"));
    }

    private static boolean coversADatabase(Json rule, String protocol) {
        long from = rule.longAt("fromPort", 0);
        long to = rule.longAt("toPort", 65_535);
        return protocol.equals("-1")
                || Set.of("tcp", "6").contains(protocol)
                        && PORTS_OF_DATABASES.stream().map(Long::valueOf).anyMatch(port -> port >= from && port <= to);
    }

    private static Answer isReachedPrivately(World world) {
        Answer endpoint = some(
                world.all("endpoints"),
                one -> text(
                                at(one, "configuration", "serviceName"),
                                name -> name.matches("com\\.amazonaws\\.[a-z0-9-]+\\.sqs"))
                        .and(text(at(one, "configuration", "state", "value"), among("available"))));
        Answer limited = policy(world.one("attributes", "Attributes", "Policy"), AwsPolicyOracles::keepsStrangersOut);
        return endpoint.and(limited == Answer.YES ? Answer.YES : Answer.OPEN);
    }

    /** A missing policy says nothing; one that is no policy, or has a statement of an unknown form, is not understood. */
    private static Answer policy(Json value, Function<List<Json>, Answer> question) {
        if (value.isNull()) {
            return question.apply(List.of());
        }
        Json policy = Reading.inside(value);
        if (value == Reading.BROKEN
                || !policy.isObject()
                || policy.at("Statement").isNull()) {
            return Answer.OPEN;
        }
        Json statement = policy.at("Statement");
        List<Json> statements = statement instanceof Json.JsonArray array ? array.elements() : List.of(statement);
        return statements.stream().allMatch(AwsPolicyOracles::isUnderstood) ? question.apply(statements) : Answer.OPEN;
    }

    private static boolean isUnderstood(Json statement) {
        Json principal = statement.at("Principal");
        Json condition = statement.at("Condition");
        return among("Allow", "Deny").test(statement.textAt("Effect", ""))
                && (principal.isNull()
                        || principal.isObject()
                        || principal.text().isPresent())
                && (condition.isNull() || condition.isObject())
                && condition.members().values().stream().allMatch(Json::isObject);
    }

    private static Answer allowsEverybody(List<Json> statements) {
        return Answer.of(statements.stream()
                .filter(one -> one.textAt("Effect", "").equalsIgnoreCase("Allow"))
                .filter(one -> isEverybody(one.at("Principal"))
                        || !one.at("NotPrincipal").isNull())
                .anyMatch(one -> !one.at("Condition").members().entrySet().stream()
                        .anyMatch(operator -> isPositive(operator.getKey())
                                && operator.getValue().members().entrySet().stream()
                                        .anyMatch(key -> ties(key.getKey()) && isLimited(key.getValue())))));
    }

    private static boolean isPositive(String operator) {
        String name = operator.toLowerCase(Locale.ROOT);
        return !name.contains("not") && !name.endsWith("ifexists") && !name.equals("null");
    }

    private static boolean ties(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return NETWORKS.contains(name) || name.startsWith("aws:principal") || name.startsWith("aws:source");
    }

    private static Answer keepsStrangersOut(List<Json> statements) {
        return Answer.of(statements.stream()
                .filter(one -> one.textAt("Effect", "").equalsIgnoreCase("Deny") && isEverybody(one.at("Principal")))
                .map(one -> one.at("Condition").members())
                .anyMatch(operators -> !operators.isEmpty()
                        && operators.entrySet().stream()
                                .allMatch(operator -> operator.getKey().matches("(?i)(string)?not.*")
                                        && operator.getValue().members().entrySet().stream()
                                                .allMatch(key -> NETWORKS.contains(
                                                                key.getKey().toLowerCase(Locale.ROOT))
                                                        && isLimited(key.getValue())))));
    }

    private static boolean isEverybody(Json principal) {
        return principal.text().isPresent()
                ? principal.equals(Json.of("*"))
                : texts(principal.at("AWS")).contains("*")
                        || texts(principal.at("*")).contains("*");
    }

    private static boolean isLimited(Json values) {
        List<String> texts = texts(values);
        return !texts.isEmpty() && texts.stream().noneMatch(Set.of("*", "0.0.0.0/0", "::/0")::contains);
    }

    private static List<String> texts(Json value) {
        return value.text()
                .map(List::of)
                .orElseGet(() -> value.elements().stream()
                        .flatMap(one -> one.text().stream())
                        .toList());
    }
}
