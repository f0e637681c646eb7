package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.register.RegisterEntry;
import dev.demarc.register.RegisterReview;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demarc register check}: what is wrong with a register file, and which reviews no longer count. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Mistakes with their line, reviews that are out of date, rows of the catalogue that changed since, unknown service types.",
            "Exit 0 when there is nothing to say, 3 otherwise."
        })
final class RegisterCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the register (YAML)")
    private Path file = Path.of("register.yaml");

    @Option(names = "--at", paramLabel = "TIME", description = "the moment to judge reviews at (default: now)")
    private @Nullable Instant at;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RegisterFile register = RegisterFile.check(file);
        Instant now = at == null ? Instant.now() : at;
        List<String> lines = new ArrayList<>(register.mistakes());
        lines.addAll(reviews(register, now.atZone(ZoneOffset.UTC).toLocalDate()));
        Console.out(spec, out -> lines.forEach(out::println));
        Console.err(spec)
                .println(
                        lines.isEmpty()
                                ? "the register is sound: "
                                        + register.register().entries().size() + " entries"
                                : lines.size() + " things to put right in " + file);
        return lines.isEmpty() ? ExitCode.FINE : ExitCode.THRESHOLD;
    }

    private static List<String> reviews(RegisterFile file, LocalDate today) {
        Catalogue catalogue = Catalogue.bundled();
        List<String> lines = new ArrayList<>();
        for (RegisterEntry entry : file.register().entries()) {
            String place = file.place(entry.serviceType().name()) + ": ";
            RegisterReview review = RegisterReview.of(file.register(), entry, catalogue, today);
            if (!review.known()) {
                lines.add(place + "the catalogue has no service type " + entry.serviceType()
                        + "; see 'demarc catalogue' for those it has");
            } else {
                review.stale().ifPresent(reason -> lines.add(place + reason));
                new TreeMap<>(review.changed()).values().forEach(reason -> lines.add(place + reason));
            }
        }
        return lines;
    }
}
