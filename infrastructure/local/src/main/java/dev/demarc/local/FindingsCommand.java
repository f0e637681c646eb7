package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.Provider;
import dev.demarc.query.Category;
import dev.demarc.query.Finding;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.query.Question;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    @Option(names = "--provider", description = "aws, azure or gcp")
    private @Nullable Provider provider;

    @Option(names = "--account", description = "AWS account, Azure subscription or Google project")
    private @Nullable String account;

    @Option(names = "--service-type", description = "such as AWS::S3::Bucket")
    private @Nullable String serviceType;

    @Option(names = "--class", description = "service class, such as object-storage")
    private @Nullable String serviceClass;

    @Option(names = "--control", description = "such as DAT-03")
    private @Nullable String control;

    @Option(names = "--resource", description = "resource key")
    private @Nullable String resource;

    @Option(names = "--category", description = "remediate or add_validation")
    private @Nullable Category category;

    @Option(names = "--question", description = "documented, implemented or validated")
    private @Nullable Question question;

    @Option(names = "--min-priority", defaultValue = "0", description = "least score, 0 to 100")
    private int minPriority;

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
        FindingFilter filter = new FindingFilter(
                Optional.ofNullable(provider),
                Optional.ofNullable(account),
                Optional.ofNullable(serviceType),
                Optional.ofNullable(serviceClass),
                Optional.ofNullable(control),
                Optional.ofNullable(resource),
                Optional.ofNullable(category),
                Optional.ofNullable(question),
                minPriority);
        List<Finding> findings;
        try (SqliteStore store = options.open()) {
            Instant now = at == null ? Instant.now() : at;
            findings = new Posture(store, Catalogue.bundled(), options.register(), now)
                    .findings().stream().filter(filter::wants).toList();
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
