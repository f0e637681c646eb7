package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.Governance;
import dev.demarc.govern.RegisterVersion;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.govern.Ruling;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.Provider;
import dev.demarc.query.Audit;
import dev.demarc.query.Category;
import dev.demarc.query.Finding;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.query.Priority;
import dev.demarc.query.Sort;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc demo}: a bundled example estate of three providers through the whole suite. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run a bundled example estate of three providers through the whole suite.")
final class DemoCommand implements Callable<Integer> {
    /** The moment the example estate was recorded at: evidence and register are judged as of then, so that every run says the same. */
    static final Instant RECORDED_AT = Instant.parse("2026-11-24T06:00:00Z");

    private static final List<String> EVENTS = List.of("aws-events.jsonl", "azure-events.jsonl", "gcp-events.jsonl");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "keep the data there (default: a folder that is removed)")
    private @Nullable Path data;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = data == null ? Files.createTempDirectory("demarc-demo") : data;
        try {
            return run(folder);
        } finally {
            if (data == null) {
                remove(folder);
            }
        }
    }

    private int run(Path folder) throws IOException, InterruptedException {
        PrintWriter err = Console.err(spec);
        Estate estate = new Estate();
        estate.load("demo/estate.jsonl", resource("estate.jsonl"), RECORDED_AT);
        RegisterFile file = register();
        Tally tally = new Tally(err, false);
        try (SqliteStore store = SqliteStore.open(folder)) {
            push(store, file.json());
            LocalSuite suite = new LocalSuite(store, estate, file.register().tagKeys(), tally);
            suite.readAt(RECORDED_AT);
            for (String events : EVENTS) {
                err.println("events: " + events);
                deliver(store, suite, tally, events);
            }
            for (Provider provider : Provider.values()) {
                for (String account : estate.accounts(provider)) {
                    err.println("sweep: " + provider.word() + " " + account);
                    store.inBatch(() -> suite.sweep(estate.inventory(provider, account), RECORDED_AT));
                }
            }
            suite.project();
            // From the store, as every other command reads it.
            Governance decided = Decisions.load(store, StoreOptions.scope(), RECORDED_AT);
            Posture posture = new Posture(store, StoreOptions.scope(), Catalogue.bundled(), decided, RECORDED_AT);
            Audit audit = posture.audit(FindingFilter.ALL);
            List<Finding> findings =
                    posture.all(FindingFilter.ALL, Sort.PRIORITY).toList();
            DemoCheck.served(folder, store, audit, findings);
            DemoCheck.rebuilt(store);
            Console.out(spec, out -> print(out, tally, audit, findings));
        }
        return tally.rejected() == 0 ? ExitCode.FINE : ExitCode.THRESHOLD;
    }

    private static void deliver(SqliteStore store, LocalSuite suite, Tally tally, String name) throws IOException {
        try (InputStream stream = resource(name)) {
            Lines lines = new Lines(stream);
            for (Lines.Line line = lines.nextNotBlank(); line != null; line = lines.nextNotBlank()) {
                Json document = JsonReader.parse(line.bytes(), line.offset(), line.length());
                tally.at(name + ":" + line.number());
                store.inBatch(() -> {
                    try {
                        suite.deliver(document);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            }
        }
    }

    private static void print(PrintWriter out, Tally tally, Audit audit, List<Finding> findings) {
        out.println("Events: " + tally.json().write());
        out.println();
        out.println("The three questions, by service type (controls that apply; resources × controls)");
        byServiceType(audit).write(OutputFormat.TABLE, out);
        out.println();
        Map<Category, Long> categories = audit.categories();
        out.println("Resource × control: " + categories.get(Category.CORRECT) + " correct, "
                + categories.get(Category.ADD_VALIDATION) + " add validation, " + categories.get(Category.REMEDIATE)
                + " remediate");
        out.println("Open findings: " + findings.size());
        Table bands = new Table("category", "critical", "high", "medium", "low");
        for (Category category : List.of(Category.REMEDIATE, Category.ADD_VALIDATION)) {
            bands.row(
                    category,
                    count(findings, category, Priority.Band.CRITICAL),
                    count(findings, category, Priority.Band.HIGH),
                    count(findings, category, Priority.Band.MEDIUM),
                    count(findings, category, Priority.Band.LOW));
        }
        bands.write(OutputFormat.TABLE, out);
        out.println();
        out.println("The ten most urgent");
        for (Finding finding : findings.subList(0, Math.min(10, findings.size()))) {
            out.println(finding.priority().score() + "  " + finding.control() + " " + finding.title() + "  "
                    + finding.resource().orElse(finding.serviceType().name()));
            out.println("     why: " + finding.reason());
            out.println("     fix: " + finding.remediation());
        }
    }

    private static long count(List<Finding> findings, Category category, Priority.Band band) {
        return findings.stream()
                .filter(finding ->
                        finding.category() == category && finding.priority().band() == band)
                .count();
    }

    private static Table byServiceType(Audit audit) {
        TreeMap<String, long[]> sums = new TreeMap<>();
        for (Audit.Row row : audit.rows()) {
            if (row.applicable() == 0) {
                continue;
            }
            long[] sum = sums.computeIfAbsent(row.serviceType().name(), ignored -> new long[8]);
            sum[0]++;
            sum[1] += row.isDocumented() ? 1 : 0;
            sum[2] += row.implementedAnswer().equals("YES") ? 1 : 0;
            sum[3] += row.validatedAnswer().equals("YES") ? 1 : 0;
            sum[4] += row.applicable();
            sum[5] += row.count(Category.CORRECT);
            sum[6] += row.count(Category.ADD_VALIDATION);
            sum[7] += row.count(Category.REMEDIATE);
        }
        Table table = new Table(
                "serviceType",
                "controls",
                "documented",
                "implemented",
                "validated",
                "pairs",
                "correct",
                "addValidation",
                "remediate");
        sums.forEach((type, sum) -> table.row(type, sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7]));
        return table;
    }

    /** Makes it the newest version, unless it is that already. */
    private static void push(SqliteStore store, Json register) {
        RegisterVersions versions = new RegisterVersions(store);
        Optional<RegisterVersion> current = versions.current(StoreOptions.scope());
        if (current.filter(version -> version.json().equals(register)).isPresent()) {
            return;
        }
        long number = current.map(RegisterVersion::number).orElse(0L);
        if (versions.push(StoreOptions.scope(), register, number, RECORDED_AT)
                instanceof Ruling.Refused<RegisterVersion> refused) {
            throw new UserError("the example's register was not taken: " + refused.reasons());
        }
    }

    private static RegisterFile register() throws IOException {
        Path copy = Files.createTempFile("register", ".yaml");
        try (InputStream stream = resource("register.yaml")) {
            Files.write(copy, stream.readAllBytes());
            return RegisterFile.check(copy);
        } finally {
            Files.delete(copy);
        }
    }

    private static InputStream resource(String name) {
        InputStream stream = DemoCommand.class.getResourceAsStream("/demo/" + name);
        if (stream == null) {
            throw new IllegalStateException("demo/" + name + " is not in the package");
        }
        return stream;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
