package dev.demarc.local;

import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.query.Finding;
import dev.demarc.query.Sort;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc findings}: the open findings, the most urgent first. */
@Command(name = "findings", mixinStandardHelpOptions = true, description = "Open findings, the most urgent first.")
final class FindingsCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "TABLE",
            description = "table, json, ndjson or csv")
    private OutputFormat output = OutputFormat.TABLE;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--sort", defaultValue = "PRIORITY", description = "priority or age (default: priority)")
    private Sort sort = Sort.PRIORITY;

    @Option(names = "--limit", defaultValue = "0", description = "at most so many (default: all)")
    private int limit;

    @Option(
            names = "--fail-on",
            paramLabel = "SCORE",
            defaultValue = "-1",
            description = "exit 3 when a listed finding has at least this score")
    private int failOn;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "the moment to judge evidence and register at (default: now)")
    private @Nullable Instant at;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Finding> findings;
        try (SqliteStore store = options.open()) {
            Instant now = at == null ? Instant.now() : at;
            findings = options.posture(store, now).all(filter.filter(), sort).toList();
        }
        List<Finding> shown = limit > 0 && limit < findings.size() ? findings.subList(0, limit) : findings;
        Console.out(spec, out -> {
            switch (output) {
                case JSON ->
                    out.println(Json.array(shown.stream().map(Finding::json).toList())
                            .write());
                case NDJSON ->
                    shown.forEach(finding -> out.println(finding.json().write()));
                case TABLE, CSV -> table(shown).write(output, out);
            }
        });
        boolean failed = failOn >= 0
                && findings.stream().anyMatch(finding -> finding.priority().score() >= failOn);
        return failed ? ExitCode.THRESHOLD : ExitCode.FINE;
    }

    static Table table(List<Finding> findings) {
        Table table = new Table("priority", "band", "category", "question", "control", "subject", "reason");
        findings.forEach(finding -> table.row(
                finding.priority().score(),
                finding.priority().band(),
                finding.category(),
                finding.question(),
                finding.control(),
                finding.resource()
                        .orElse(finding.serviceType()
                                + finding.account().map(one -> " in " + one).orElse("")),
                finding.reason()));
        return table;
    }
}
