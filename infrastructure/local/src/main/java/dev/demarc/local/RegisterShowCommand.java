package dev.demarc.local;

import dev.demarc.govern.RegisterVersion;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.register.RegisterYaml;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc register show}: a version of the register, as YAML that can be edited and pushed. */
@Command(name = "show", description = "A version of the register in the store, as YAML that can be edited and pushed.")
final class RegisterShowCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    // Not the standard options: their --version would be this one. Picocli reads the field.
    @SuppressWarnings("unused")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Option(names = "--version", paramLabel = "N", description = "the version (default: the current one)")
    private @Nullable Long version;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try (SqliteStore store = options.open()) {
            RegisterVersion shown = version == null
                    ? new RegisterVersions(store)
                            .current(StoreOptions.scope())
                            .orElseThrow(() -> new UserError(
                                    "the store has no register; write one with 'demarc register draft' and push it"))
                    : version(store, version);
            Console.out(spec, out -> {
                out.println("# Version " + shown.number() + ", " + shown.at() + ", by " + shown.by());
                out.print(RegisterYaml.write(shown.json()));
            });
            return ExitCode.FINE;
        }
    }

    static RegisterVersion version(SqliteStore store, long number) {
        return new RegisterVersions(store)
                .version(StoreOptions.scope(), number)
                .orElseThrow(
                        () -> new UserError("the store has no version " + number + " of the register; the newest is "
                                + new RegisterVersions(store)
                                        .current(StoreOptions.scope())
                                        .map(RegisterVersion::number)
                                        .orElse(0L)));
    }

    /** As it was written; without entries when there is none. */
    static Json json(Optional<RegisterVersion> version) {
        return version.map(RegisterVersion::json)
                .orElseGet(() ->
                        Json.object().with("entries", Json.array(List.of())).build());
    }
}
