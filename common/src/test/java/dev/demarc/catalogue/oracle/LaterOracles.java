package dev.demarc.catalogue.oracle;

import static dev.demarc.catalogue.oracle.Reading.about;
import static dev.demarc.catalogue.oracle.Reading.among;
import static dev.demarc.catalogue.oracle.Reading.at;
import static dev.demarc.catalogue.oracle.Reading.every;
import static dev.demarc.catalogue.oracle.Reading.filled;
import static dev.demarc.catalogue.oracle.Reading.list;
import static dev.demarc.catalogue.oracle.Reading.none;
import static dev.demarc.catalogue.oracle.Reading.some;
import static dev.demarc.catalogue.oracle.Reading.text;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Second readings of the rows that the rounds after the first have drawn. */
final class LaterOracles {
    private LaterOracles() {}

    static Map<String, Function<World, Answer>> all() {
        return Map.of(
                "AWS::CloudFront::Distribution OPS-01", AwsOracles::aTrailCovers,
                "AWS::ElasticBeanstalk::Environment IDN-11", LaterOracles::metadataAsksForATokenAlways,
                "AWS::QuickSight::DataSource IDN-01", LaterOracles::hasARoleOfItsOwn,
                "Microsoft.ApiManagement/service NET-07", LaterOracles::gatewayStandsApart,
                "Microsoft.MachineLearningServices/workspaces OPS-01", AzureOracles::activityIsExported);
    }

    /** Where nobody chose, the image or the account decides. */
    private static Answer metadataAsksForATokenAlways(World world) {
        Optional<List<Json>> options = World.reached(
                        world.documents("settings"),
                        Optional.empty(),
                        false,
                        "ConfigurationSettings",
                        "*",
                        "OptionSettings",
                        "*")
                .flatMap(AwsOracles::flat);
        Function<Json, Answer> isTheSwitch =
                option -> text(at(option, "Namespace"), among("aws:autoscaling:launchconfiguration"))
                        .and(text(at(option, "OptionName"), among("DisableIMDSv1")));
        Answer off = some(options, one -> isTheSwitch.apply(one).and(text(at(one, "Value"), "", among("true"))));
        Answer unset = none(options, one -> isTheSwitch.apply(one).and(filled(at(one, "Value"))));
        return off.or(unset.and(Answer.OPEN));
    }

    /** Only sources that are reached through a role have one. */
    private static Answer hasARoleOfItsOwn(World world) {
        if (text(at(world.main(), "configuration", "Type"), among("ATHENA", "S3")) == Answer.NO) {
            return Answer.ASIDE;
        }
        Json parameters = at(world.main(), "configuration", "DataSourceParameters");
        return filled(at(parameters, "AthenaParameters", "RoleArn"))
                .or(filled(at(parameters, "S3Parameters", "RoleArn")));
    }

    private static Answer gatewayStandsApart(World world) {
        Optional<List<Json>> subnets = world.documentsFor(
                        "subnets", "properties", "virtualNetworkConfiguration", "subnetResourceId")
                .flatMap(Reading::objects);
        Optional<List<Json>> rules = world.listed("groups", "properties", "securityRules");
        Optional<List<Json>> regions = list(at(world.main(), "properties", "additionalLocations"), List.of());
        Answer inside =
                text(at(world.main(), "properties", "virtualNetworkType"), "None", among("Internal", "External"));
        Answer guarded = every(subnets, subnet -> filled(at(subnet, "properties", "networkSecurityGroup", "id")));
        Answer shut = none(rules, LaterOracles::letsAnybodyIn);
        boolean readInFull = about(subnets, all -> !all.isEmpty()) == Answer.YES
                && about(rules, all -> !all.isEmpty()) == Answer.YES
                && about(regions, List::isEmpty) == Answer.YES;
        return inside.and(guarded).and(shut).and(readInFull ? Answer.YES : Answer.OPEN);
    }

    private static Answer letsAnybodyIn(Json rule) {
        Json properties = at(rule, "properties");
        Predicate<String> anybody =
                among("*", "0.0.0.0/0", "Internet", "AzureCloud", "::/0", "0.0.0.0/1", "128.0.0.0/1");
        Predicate<String> anyPort = among("*", "0-65535", "1-65535");
        return text(at(properties, "direction"), among("Inbound"))
                .and(text(at(properties, "access"), among("Allow")))
                .and(text(at(properties, "sourceAddressPrefix"), "", anybody)
                        .or(anyOf(at(properties, "sourceAddressPrefixes"), anybody)))
                .and(text(at(properties, "destinationPortRange"), "", anyPort)
                        .or(anyOf(at(properties, "destinationPortRanges"), anyPort)));
    }

    private static Answer anyOf(Json words, Predicate<String> wanted) {
        return words.isNull()
                ? Answer.NO
                : about(Reading.words(words), all -> all.stream().anyMatch(wanted));
    }
}
