package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.notify.Workloads;
import dev.demarc.query.Duties;
import dev.demarc.query.Posture;
import dev.demarc.query.Transition;
import dev.demarc.query.Transitions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demarc transitions}: workloads that moved from one service type to another, and what that changes. */
@Command(
        name = "transitions",
        mixinStandardHelpOptions = true,
        description = {
            "Workloads that move between service types, by their labels over time, with the duties that begin and cease.",
            "With --from and --to: what such a move changes, from the catalogue alone."
        })
final class TransitionsCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(names = "--from", paramLabel = "SERVICE_TYPE")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "SERVICE_TYPE")
    private @Nullable String to;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (from != null || to != null) {
            if (from == null || to == null) {
                throw new UserError("--from and --to go together");
            }
            Catalogue catalogue = Catalogue.bundled();
            Duties duties = Duties.between(entry(catalogue, from), entry(catalogue, to), catalogue.controls());
            output.write(out -> write(catalogue, duties, out));
            return ExitCode.FINE;
        }
        try (var store = options.open()) {
            Instant now = Instant.now();
            Posture posture = options.posture(store, now);
            Workloads.note(store, StoreOptions.scope(), posture.workloads(), now);
            List<Transition> transitions = new Transitions(
                            Catalogue.bundled(), options.governance(store).register(), now)
                    .of(Workloads.read(store, StoreOptions.scope(), now));
            output.write(out -> write(transitions, out));
            output.err()
                    .println(
                            posture.withoutWorkload() + " live resources name no workload; their moves cannot be seen");
        }
        return ExitCode.FINE;
    }

    private static CatalogueEntry entry(Catalogue catalogue, String name) {
        return catalogue
                .entry(new ServiceType(name))
                .orElseThrow(() -> new UserError(
                        "the catalogue has no service type '" + name + "'; 'demarc catalogue' lists them"));
    }

    private void write(Catalogue catalogue, Duties duties, PrintWriter out) {
        if (output.isJson()) {
            out.println(duties.json().write());
            return;
        }
        Table table = new Table("what", "control", "title", "from", "to");
        rows(table, catalogue, "begins", duties.begins());
        rows(table, catalogue, "ceases", duties.ceases());
        rows(table, catalogue, "without meaning", duties.withoutMeaning());
        duties.ownerMoves().forEach(one -> row(table, catalogue, "owner moves", one));
        duties.defaultChanges().forEach(one -> row(table, catalogue, "default changes", one));
        table.write(output.format(), out);
    }

    private static void rows(Table table, Catalogue catalogue, String what, List<ControlId> controls) {
        controls.forEach(control -> table.row(what, control, title(catalogue, control), "", ""));
    }

    private static void row(Table table, Catalogue catalogue, String what, Duties.Change change) {
        table.row(what, change.control(), title(catalogue, change.control()), change.from(), change.to());
    }

    private static String title(Catalogue catalogue, ControlId control) {
        return catalogue.control(control).map(one -> one.title()).orElse("");
    }

    private void write(List<Transition> transitions, PrintWriter out) {
        if (output.isJson()) {
            out.println(Json.array(transitions.stream().map(Transition::json).toList())
                    .write());
            return;
        }
        Table table =
                new Table("account", "workload", "from", "to", "state", "started", "completed", "begins", "ceases");
        transitions.forEach(one -> table.row(
                one.account(),
                one.workload(),
                one.from(),
                one.to(),
                one.state(),
                one.startedAt(),
                one.completedAt().map(Instant::toString).orElse(""),
                words(one.duties().begins()),
                words(one.duties().ceases())));
        table.write(output.format(), out);
    }

    private static String words(List<ControlId> controls) {
        return controls.stream().map(ControlId::value).collect(Collectors.joining(" "));
    }
}
