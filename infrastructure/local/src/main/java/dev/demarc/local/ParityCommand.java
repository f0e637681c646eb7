package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.ServiceClass;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.query.Parity;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code demarc parity}: where services that look alike on two providers are not. */
@Command(
        name = "parity",
        mixinStandardHelpOptions = true,
        description = {
            "The service types of a class side by side: owner, default and state of each control, and the gaps between them.",
            "Without a class: the gaps of every class with service types in use."
        })
final class ParityCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Parameters(arity = "0..1", paramLabel = "CLASS", description = "such as object-storage")
    private @Nullable String serviceClass;

    @Option(names = "--gaps", description = "only the gaps")
    private boolean gapsOnly;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Optional<String> wanted = Optional.ofNullable(serviceClass);
        wanted.ifPresent(ParityCommand::known);
        try (var store = options.open()) {
            List<Parity> classes = options.posture(store, Instant.now()).parity(wanted);
            output.write(out -> write(classes, wanted.isPresent(), out));
        }
        return ExitCode.FINE;
    }

    private static void known(String serviceClass) {
        Catalogue catalogue = Catalogue.bundled();
        if (catalogue.serviceClass(serviceClass).isEmpty()) {
            throw new UserError("the catalogue has no class '" + serviceClass + "'; it has "
                    + catalogue.classes().stream()
                            .map(ServiceClass::id)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
    }

    private void write(List<Parity> classes, boolean one, PrintWriter out) {
        if (output.isJson()) {
            out.println(Json.array(classes.stream().map(Parity::json).toList()).write());
            return;
        }
        if (one && !gapsOnly) {
            matrix(classes.getFirst()).write(output.format(), out);
            out.println();
        }
        gaps(classes, one).write(output.format(), out);
    }

    private static Table matrix(Parity parity) {
        String[] columns = new String[parity.members().size() + 2];
        columns[0] = "control";
        columns[1] = "title";
        for (int i = 0; i < parity.members().size(); i++) {
            columns[i + 2] = parity.members().get(i).serviceType().name();
        }
        Table table = new Table(columns);
        for (Parity.Line line : parity.lines()) {
            Object[] cells = new Object[columns.length];
            cells[0] = line.control().id();
            cells[1] = line.control().title();
            for (int i = 0; i < line.cells().size(); i++) {
                cells[i + 2] = words(line.cells().get(i));
            }
            table.row(cells);
        }
        return table;
    }

    private static String words(Parity.Cell cell) {
        return cell.row()
                .map(row -> row.owner().name().toLowerCase(Locale.ROOT) + "/" + row.providerDefault()
                        + cell.state()
                                .map(state -> " " + state.compliant() + "/" + state.applicable())
                                .orElse(""))
                .orElse("-");
    }

    private static Table gaps(List<Parity> classes, boolean unused) {
        Table table = new Table("class", "kind", "control", "here", "there", "inUse", "what");
        classes.forEach(parity -> parity.gaps().stream()
                .filter(gap -> unused || gap.inUse())
                .forEach(gap -> table.row(
                        parity.serviceClass().id(),
                        gap.kind(),
                        gap.control().map(ControlId::value).orElse("*"),
                        gap.here(),
                        gap.there(),
                        gap.inUse() ? "YES" : "NO",
                        gap.sentence())));
        return table;
    }
}
