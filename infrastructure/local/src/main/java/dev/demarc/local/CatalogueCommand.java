package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.CatalogueStatistics;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Tier;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code demarc catalogue}: who owns what. */
@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        description =
                "The service types of the catalogue, or the responsibilities of one; one control of it explained.",
        subcommands = {CatalogueDiffCommand.class, HelpCommand.class},
        synopsisSubcommandLabel = "[diff]")
final class CatalogueCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SERVICE_TYPE")
    private @Nullable String serviceType;

    @Option(
            names = "--explain",
            paramLabel = "CONTROL",
            description = "one control of the service type in full: who owns it, its default, what is read, sources")
    private @Nullable ControlId explain;

    @Option(names = "--baseline", description = "who owns what by tier alone, for service types without an entry")
    private boolean baseline;

    @Option(names = "--stats", description = "counts: classes, service types, rows, how they are decided, pages opened")
    private boolean stats;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.bundled();
        if (explain != null) {
            if (serviceType == null) {
                throw new UserError(
                        "--explain needs a service type before it: demarc catalogue SERVICE_TYPE --explain " + explain);
            }
            CatalogueEntry entry = entry(catalogue, serviceType);
            ControlId control = explain;
            output.write(out -> Explanation.lines(catalogue, entry, control).forEach(out::println));
            return ExitCode.FINE;
        }
        if (baseline) {
            output.write(byTier(catalogue));
            return ExitCode.FINE;
        }
        if (stats) {
            Table counts = new Table("what", "count");
            new CatalogueStatistics(catalogue).counts().forEach(counts::row);
            output.write(counts);
            return ExitCode.FINE;
        }
        Table table = serviceType == null ? serviceTypes(catalogue) : responsibilities(catalogue, serviceType);
        output.write(table);
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

    private static Table byTier(Catalogue catalogue) {
        Table table = new Table("area", "IAAS", "CAAS", "PAAS", "FAAS", "SAAS");
        catalogue
                .baseline()
                .areas()
                .forEach(area -> table.row(
                        area.name(),
                        area.in(Tier.IAAS),
                        area.in(Tier.CAAS),
                        area.in(Tier.PAAS),
                        area.in(Tier.FAAS),
                        area.in(Tier.SAAS)));
        return table;
    }

    private static CatalogueEntry entry(Catalogue catalogue, String name) {
        return catalogue.serviceTypes().stream()
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .flatMap(catalogue::entry)
                .orElseThrow(() -> new UserError("the catalogue has no service type '" + name + "'; it has "
                        + catalogue.serviceTypes().stream()
                                .sorted()
                                .map(ServiceType::name)
                                .collect(Collectors.joining(", "))));
    }

    private static Table responsibilities(Catalogue catalogue, String name) {
        CatalogueEntry entry = entry(catalogue, name);
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
                        row.decision().word(),
                        row.customerDoes(),
                        row.remediation(),
                        row.confidence(),
                        row.sources().stream()
                                .map(source -> source.url() + " (" + source.lookedAt() + ")")
                                .collect(Collectors.joining(" ")),
                        row.revision()));
        return table;
    }
}
