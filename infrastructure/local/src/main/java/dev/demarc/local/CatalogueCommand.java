package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ServiceType;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demarc catalogue}: who owns what. */
@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        description = "The service types of the catalogue, or the responsibilities of one.")
final class CatalogueCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SERVICE_TYPE")
    private @Nullable String serviceType;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "TABLE",
            description = "table, json, ndjson or csv")
    private OutputFormat output = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.bundled();
        Table table = serviceType == null ? serviceTypes(catalogue) : responsibilities(catalogue, serviceType);
        Console.out(spec, out -> table.write(output, out));
        return ExitCode.FINE;
    }

    private static Table serviceTypes(Catalogue catalogue) {
        Table table =
                new Table("serviceType", "class", "provider", "tier", "name", "controls", "decidable", "revision");
        catalogue.serviceTypes().stream()
                .sorted()
                .flatMap(type -> catalogue.entry(type).stream())
                .forEach(entry -> table.row(
                        entry.serviceType(),
                        entry.serviceClass(),
                        entry.provider().word(),
                        entry.tier(),
                        entry.name(),
                        entry.responsibilities().size(),
                        entry.responsibilities().stream()
                                .filter(Responsibility::isDecidable)
                                .count(),
                        entry.revision()));
        return table;
    }

    private static Table responsibilities(Catalogue catalogue, String name) {
        CatalogueEntry entry = catalogue.serviceTypes().stream()
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .flatMap(catalogue::entry)
                .orElseThrow(() -> new UserError("the catalogue has no service type '" + name + "'; it has "
                        + catalogue.serviceTypes().stream()
                                .sorted()
                                .map(ServiceType::name)
                                .collect(Collectors.joining(", "))));
        Table table = new Table(
                "control",
                "title",
                "owner",
                "default",
                "decided",
                "customerDoes",
                "remediation",
                "confidence",
                "source",
                "revision");
        entry.responsibilities()
                .forEach(row -> table.row(
                        row.control(),
                        catalogue.control(row.control()).map(Control::title).orElse(""),
                        row.owner(),
                        row.providerDefault(),
                        decided(row),
                        row.customerDoes(),
                        row.remediation(),
                        row.confidence(),
                        row.sources().stream()
                                .map(source -> source.url() + " (" + source.lookedAt() + ")")
                                .collect(Collectors.joining(" ")),
                        row.revision()));
        return table;
    }

    private static String decided(Responsibility row) {
        return switch (row.decision()) {
            case Responsibility.Decision.Check ignored -> "by configuration";
            case Responsibility.Decision.ByProvider ignored -> "by the provider";
            case Responsibility.Decision.ByAttestation ignored -> "by attestation";
            case Responsibility.Decision.ByGuest ignored -> "inside the guest";
        };
    }
}
