package dev.demarc.local;

import dev.demarc.export.Export;
import dev.demarc.export.ExportContext;
import dev.demarc.export.ExportFormat;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.query.Finding;
import dev.demarc.query.Sort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demarc export}: any number of findings in the form of another system, in memory that does not grow with them. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write the findings of a filter, the most urgent first, in the form of another system, as UTF-8.",
            "ndjson and csv (safe to open in a spreadsheet), ocsf (1.8.0 Compliance Finding), asff (Security Hub), oscal (1.2.1 results)."
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FORMAT", description = "ndjson, csv, ocsf, asff or oscal")
    private ExportFormat format = ExportFormat.NDJSON;

    @Mixin
    private StoreOptions options = new StoreOptions();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this file, which only you can read and which changes when the export is whole")
    private @Nullable Path file;

    @Option(
            names = "--security-hub",
            paramLabel = "ACCOUNT/REGION",
            description = "with asff: the Security Hub that imports it, such as 111122223333/eu-west-1")
    private @Nullable String securityHub;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "the moment to judge evidence and register at (default: now)")
    private @Nullable Instant at;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Instant now = at == null ? Instant.now() : at;
        ExportContext context = new ExportContext(now, StoreOptions.scope().tenant(), version(), securityHub());
        try (SqliteStore store = options.open()) {
            Stream<Finding> findings = options.posture(store, now).all(filter.filter(), Sort.PRIORITY);
            if (file == null) {
                toOutput(findings, context);
            } else {
                toFile(findings, context, file.toAbsolutePath());
            }
        }
        return ExitCode.FINE;
    }

    private Optional<ExportContext.SecurityHub> securityHub() {
        if ((format == ExportFormat.ASFF) != (securityHub != null)) {
            throw new UserError("--security-hub ACCOUNT/REGION names the Security Hub that an asff export is for; "
                    + (securityHub == null ? "add it" : "leave it out, " + format.word() + " is for none"));
        }
        return Optional.ofNullable(securityHub).map(ExportCommand::hub);
    }

    private static ExportContext.SecurityHub hub(String text) {
        int slash = text.indexOf('/');
        try {
            return new ExportContext.SecurityHub(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
        } catch (IllegalArgumentException e) {
            throw new UserError("'" + text + "' is no ACCOUNT/REGION: " + e.getMessage());
        }
    }

    private static String version() {
        return Optional.ofNullable(ExportCommand.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }

    private void toOutput(Stream<Finding> findings, ExportContext context) {
        Console.out(spec, out -> {
            try {
                Export.write(format, findings, context, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (out.checkError()) {
                throw new UserError("standard output was closed before the export was whole");
            }
        });
    }

    /** An export with its end missing would look whole, so the file is there when all of it is. */
    private void toFile(Stream<Finding> findings, ExportContext context, Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(target)) {
            throw new UserError(target + " cannot be written: it is a folder, or is in none; name a file in a folder");
        }
        Path part = Files.createTempFile(folder, ".demarc-export", ".part");
        try {
            try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                Export.write(format, findings, context, out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
