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
import static dev.demarc.catalogue.oracle.Reading.truth;
import static dev.demarc.catalogue.oracle.Reading.whole;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Second readings of rows about service types of Azure. */
final class AzureOracles {
    private AzureOracles() {}

    static Map<String, Function<World, Answer>> all() {
        return Map.ofEntries(
                Map.entry("Microsoft.App/containerApps IDN-06", AzureOracles::pullsWithoutPassword),
                Map.entry("Microsoft.App/containerApps IDN-10", AzureOracles::limitsTokens),
                Map.entry("Microsoft.App/containerApps OPS-02", AzureOracles::consoleIsCollected),
                Map.entry(
                        "Microsoft.Cache/redis DAT-01",
                        world -> text(sku(world, "family"), among("C"))
                                .and(whole(sku(world, "capacity"), size -> size <= 1))
                                .not()),
                Map.entry(
                        "Microsoft.Cache/redis IDN-04",
                        world -> text(
                                        at(world.main(), "properties", "redisConfiguration", "aad-enabled"),
                                        "false",
                                        among("true"))
                                .and(truth(at(world.main(), "properties", "disableAccessKeyAuthentication"), false))),
                Map.entry("Microsoft.Compute/disks DAT-06", AzureOracles::canBeRestored),
                Map.entry("Microsoft.ContainerService/managedClusters OPS-03", AzureOracles::logsAreKept),
                Map.entry("Microsoft.DBforPostgreSQL/flexibleServers DAT-03", AzureOracles::refusesPlain),
                Map.entry("Microsoft.DBforPostgreSQL/flexibleServers OPS-02", AzureOracles::statementsAreAudited),
                Map.entry(
                        "Microsoft.DocumentDB/databaseAccounts DAT-04",
                        world -> text(at(world.main(), "properties", "minimalTlsVersion"), among("Tls12", "Tls13"))),
                Map.entry("Microsoft.DocumentDB/databaseAccounts IDN-02", AzureOracles::nobodyContributesToAll),
                Map.entry(
                        "Microsoft.ManagedIdentity/userAssignedIdentities IDN-01",
                        world -> whole(world.one("associated-resources", "totalCount"), users -> users <= 1)),
                Map.entry("Microsoft.OperationalInsights/workspaces OPS-01", AzureOracles::activityIsExported),
                Map.entry("Microsoft.ServiceBus/namespaces DAT-02", AzureOracles::isUnderAKey),
                Map.entry(
                        "Microsoft.ServiceBus/namespaces DAT-07",
                        world -> some(
                                world.all("locks"),
                                lock -> text(at(lock, "properties", "level"), among("CanNotDelete", "ReadOnly")))),
                Map.entry("Microsoft.ServiceBus/namespaces IDN-04", AzureOracles::takesNoKeys),
                Map.entry("Microsoft.ServiceBus/namespaces IDN-06", AzureOracles::takesNoKeys),
                Map.entry("Microsoft.Sql/servers NET-03", AzureOracles::hasAPrivateEndpoint),
                Map.entry("Microsoft.Storage/storageAccounts OPS-04", AzureOracles::isBackedUp),
                Map.entry(
                        "Microsoft.Storage/storageAccounts#files DAT-02",
                        world -> text(
                                at(world.main(), "properties", "encryption", "keySource"),
                                among("Microsoft.Keyvault"))));
    }

    private static Json sku(World world, String member) {
        return at(world.main(), "properties", "sku", member);
    }

    private static Answer pullsWithoutPassword(World world) {
        return every(
                list(at(world.main(), "properties", "configuration", "registries"), List.of()),
                registry -> filled(at(registry, "passwordSecretRef")).not().and(filled(at(registry, "identity"))));
    }

    /** With sign-in off there is no token to check. */
    private static Answer limitsTokens(World world) {
        if (truth(world.one("auth-config", "properties", "platform", "enabled"), false) == Answer.NO) {
            return Answer.ASIDE;
        }
        String[] entra = {"properties", "identityProviders", "azureActiveDirectory"};
        Json issuer = at(world.one("auth-config", entra), "registration", "openIdIssuer");
        Answer ofOneTenant = text(
                issuer,
                "",
                url -> url.matches("https://(login\\.microsoftonline\\.com|sts\\.windows\\.net)/"
                        + "[0-9a-f]{8}-[0-9a-f-]{27}(/v2\\.0)?/?"));
        return ofOneTenant.and(lists(world, "allowedApplications").or(lists(world, "allowedPrincipals", "identities")));
    }

    private static Answer lists(World world, String... members) {
        String[] way = Stream.concat(
                        Stream.of(
                                "properties",
                                "identityProviders",
                                "azureActiveDirectory",
                                "validation",
                                "defaultAuthorizationPolicy"),
                        Stream.of(members))
                .toArray(String[]::new);
        return about(
                World.gathered(world.documents("auth-config"), Optional.of(List.of()), way)
                        .flatMap(Reading::words),
                words -> !words.isEmpty());
    }

    private static Answer consoleIsCollected(World world) {
        Optional<List<Json>> environment = world.documentsFor("environment", "properties", "environmentId");
        Json configuration = World.one(environment, "properties", "appLogsConfiguration");
        Json destination = at(configuration, "destination");
        Answer workspace = text(destination, "none", among("log-analytics"))
                .and(text(at(configuration, "logAnalyticsConfiguration", "customerId"), id -> !id.isBlank()));
        Answer monitor = text(destination, "none", among("azure-monitor"))
                .and(someLog(world, "ContainerAppConsoleLogs"))
                .and(someLog(world, "ContainerAppSystemLogs"));
        return workspace.or(monitor);
    }

    private static Answer someLog(World world, String category) {
        return some(
                world.listedOrNone("environment-diagnostics", "properties", "logs"), log -> collects(log, category));
    }

    private static Answer collects(Json log, String category) {
        return truth(at(log, "enabled"))
                .and(text(at(log, "category"), "", among(category))
                        .or(text(at(log, "categoryGroup"), "", among("allLogs"))));
    }

    private static Answer canBeRestored(World world) {
        Optional<List<Json>> vaults = world.all("backup-vaults");
        Answer backedUp = some(
                        world.all("backup-instances"),
                        one -> text(at(one, "properties", "currentProtectionState"), among("ProtectionConfigured")))
                .and(about(vaults, all -> !all.isEmpty()))
                .and(every(
                        vaults,
                        vault -> text(
                                at(vault, "properties", "securitySettings", "softDeleteSettings", "state"),
                                among("On", "AlwaysOn"))));
        return backedUp.or(some(
                world.all("snapshots"), one -> text(at(one, "properties", "provisioningState"), among("Succeeded"))));
    }

    private static Answer logsAreKept(World world) {
        Optional<List<Json>> workspaces = world.all("workspaces");
        Answer kept = every(workspaces, one -> whole(at(one, "properties", "retentionInDays"), days -> days >= 90));
        return about(workspaces, all -> !all.isEmpty()) == Answer.YES ? kept : kept.and(Answer.OPEN);
    }

    private static Answer parameter(Json one, String name) {
        return text(at(one, "name"), among(name));
    }

    private static Answer refusesPlain(World world) {
        Optional<List<Json>> parameters = world.all("configurations");
        String name = "require_secure_transport";
        Answer on =
                some(parameters, one -> parameter(one, name).and(text(at(one, "properties", "value"), among("on"))));
        return on.or(none(parameters, one -> parameter(one, name)).and(Answer.OPEN));
    }

    private static Answer statementsAreAudited(World world) {
        Optional<List<Json>> parameters = world.all("configurations");
        Answer loaded = some(
                parameters,
                one -> parameter(one, "shared_preload_libraries")
                        .and(text(
                                at(one, "properties", "value"),
                                value -> List.of(value.split(",", -1)).stream()
                                        .anyMatch(library -> library.strip().equals("pgaudit")))));
        Answer told = some(
                parameters,
                one -> parameter(one, "pgaudit.log")
                        .and(text(
                                at(one, "properties", "value"),
                                value -> !value.isBlank() && !value.equalsIgnoreCase("none"))));
        Answer sent = some(
                world.listedOrNone("diagnostics", "properties", "logs"),
                log -> collects(log, "PostgreSQLLogs")
                        .or(truth(at(log, "enabled"))
                                .and(text(at(log, "categoryGroup"), "", among("audit")))
                                .and(Answer.OPEN)));
        return loaded.and(told).and(sent);
    }

    /** The built-in data contributor, given on the whole account. */
    private static Answer nobodyContributesToAll(World world) {
        return none(
                world.all("data-assignments"),
                one -> text(
                                at(one, "properties", "roleDefinitionId"),
                                id -> id.endsWith("00000000-0000-0000-0000-000000000002"))
                        .and(text(
                                at(one, "properties", "scope"),
                                scope -> scope.toLowerCase(Locale.ROOT).matches(".*/databaseaccounts/[^/]+/?"))));
    }

    static Answer activityIsExported(World world) {
        return some(
                world.listedOrNone("subscription-diagnostics", "properties", "logs"),
                log -> text(at(log, "category"), "", among("Administrative")).and(truth(at(log, "enabled"))));
    }

    private static Answer isUnderAKey(World world) {
        Json encryption = at(world.main(), "properties", "encryption");
        return text(at(encryption, "keySource"), "Microsoft.Managed", among("Microsoft.KeyVault"))
                .and(some(
                        list(at(encryption, "keyVaultProperties"), List.of()),
                        key -> text(at(key, "keyName"), name -> !name.isBlank())));
    }

    private static Answer takesNoKeys(World world) {
        return truth(at(world.main(), "properties", "disableLocalAuth"));
    }

    private static Answer hasAPrivateEndpoint(World world) {
        return some(
                list(at(world.main(), "properties", "privateEndpointConnections"), List.of()),
                one -> text(at(one, "properties", "privateLinkServiceConnectionState", "status"), among("Approved")));
    }

    private static Answer isBackedUp(World world) {
        Answer restores = truth(world.one("blob-service", "properties", "restorePolicy", "enabled"), false)
                .and(whole(world.one("blob-service", "properties", "restorePolicy", "days"), 0, days -> days >= 7));
        return restores.or(some(
                world.all("backup-instances"),
                one -> text(at(one, "properties", "currentProtectionState"), among("ProtectionConfigured"))));
    }
}
