package dev.demarc.local;

import dev.demarc.govern.RegisterVersion;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.govern.Ruling;
import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.register.RegisterDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demarc register push}: makes a file the next version of the register. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "Make a file the next version of the register in the store. It takes the place of the whole register.",
            "Exit 0 when it is the current version now, 3 when it has mistakes, which are listed."
        })
final class RegisterPushCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Parameters(paramLabel = "FILE", description = "the register (YAML)")
    private Path file = Path.of("register.yaml");

    @Option(
            names = "--expect",
            paramLabel = "N",
            description = "push only when the current version is N; 0: when there is none (default: whatever it is)")
    private @Nullable Long expect;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RegisterFile register = RegisterFile.check(file);
        if (!register.mistakes().isEmpty()) {
            register.mistakes().forEach(Console.err(spec)::println);
            Console.err(spec).println("nothing was pushed; correct the mistakes and push again");
            return ExitCode.THRESHOLD;
        }
        try (SqliteStore store = options.open()) {
            RegisterVersions versions = new RegisterVersions(store);
            Optional<RegisterVersion> current = versions.current(StoreOptions.scope());
            long number = current.map(RegisterVersion::number).orElse(0L);
            if (expect != null && expect != number) {
                throw new UserError("the register is at version " + number + ", not " + expect
                        + "; look at 'demarc register diff " + file + "' and push with --expect " + number);
            }
            RegisterDiff diff = RegisterDiff.between(RegisterShowCommand.json(current), register.json());
            if (current.isPresent() && diff.isEmpty()) {
                Console.out(spec, out -> out.println("version " + number + " says the same; nothing was pushed"));
                return ExitCode.FINE;
            }
            String pushed = push(versions, register.json(), number);
            Console.out(
                    spec,
                    out -> out.println(pushed + ": " + diff.count(RegisterDiff.Kind.ADDED) + " added, "
                            + diff.count(RegisterDiff.Kind.REMOVED) + " removed, "
                            + diff.count(RegisterDiff.Kind.CHANGED) + " changed"));
            return ExitCode.FINE;
        }
    }

    private static String push(RegisterVersions versions, Json json, long number) {
        return switch (versions.push(StoreOptions.scope(), json, number, Instant.now())) {
            case Ruling.Done<RegisterVersion>(RegisterVersion version) -> "version " + version.number();
            case Ruling.Refused<RegisterVersion> refused ->
                throw new UserError(
                        refused.reasons().stream().map(Ruling.Reason::toString).collect(Collectors.joining("\n  ")));
        };
    }
}
