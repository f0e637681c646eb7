package dev.demarc.local;

import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.project.Projector;
import dev.demarc.project.Rebuild;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc rebuild}: findings and counters computed again from the observations. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Compute findings and counters again from the observations and compare them with what is stored.",
            "Exit 0 when they are equal, 3 when they differ and nothing was repaired."
        })
final class RebuildCommand implements Callable<Integer> {
    private static final int SHOWN = 50;

    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(names = "--repair", description = "put right what differs, and compare again")
    private boolean repair;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try (SqliteStore store = options.open()) {
            Projector projector = new Projector(store);
            // What the feed still holds is not a difference, only not done yet.
            store.drain(projector::apply);
            Rebuild rebuild = new Rebuild(store);
            Rebuild.Report report = repair ? rebuild.repair(ignored -> {}) : rebuild.check(ignored -> {});
            Rebuild.Report after = repair && !report.isEqual() ? rebuild.check(ignored -> {}) : report;
            Json json = report.json(SHOWN);
            Console.out(spec, out -> out.println(json.write()));
            if (repair && !report.isEqual()) {
                Console.err(spec)
                        .println(after.isEqual() ? "repaired: all is equal now" : "differences remain; run it again");
            }
            return after.isEqual() ? ExitCode.FINE : ExitCode.THRESHOLD;
        }
    }
}
