package dev.demarc.local;

import dev.demarc.local.store.SqliteStore;
import dev.demarc.query.Audit;
import dev.demarc.query.Category;
import dev.demarc.query.FindingFilter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc audit}: the three questions for each service type and control. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "The three questions for each service type and control in use.")
final class AuditCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "TABLE",
            description = "table, json, ndjson or csv")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "the moment to judge evidence and register at (default: now)")
    private @Nullable Instant at;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (SqliteStore store = options.open()) {
            Instant now = at == null ? Instant.now() : at;
            Audit audit = options.posture(store, now).audit(FindingFilter.ALL);
            Console.out(spec, out -> write(audit, out));
            return ExitCode.FINE;
        }
    }

    private void write(Audit audit, PrintWriter out) {
        if (output == OutputFormat.JSON) {
            out.println(audit.json().write());
            return;
        }
        table(audit).write(output, out);
    }

    static Table table(Audit audit) {
        Table table = new Table(
                "serviceType",
                "control",
                "title",
                "documented",
                "implemented",
                "validated",
                "resources",
                "correct",
                "addValidation",
                "remediate");
        audit.rows()
                .forEach(row -> table.row(
                        row.serviceType(),
                        row.control(),
                        row.title(),
                        row.isDocumented() ? "YES" : "NO",
                        row.implementedAnswer(),
                        row.validatedAnswer(),
                        row.applicable(),
                        row.count(Category.CORRECT),
                        row.count(Category.ADD_VALIDATION),
                        row.count(Category.REMEDIATE)));
        return table;
    }
}
