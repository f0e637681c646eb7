package dev.demarc.local;

import dev.demarc.local.store.SqliteStore;
import dev.demarc.register.Register;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that touches the store. */
final class StoreOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "data directory (default: ${DEFAULT-VALUE})",
            defaultValue = ".demarc")
    private Path data = Path.of(".demarc");

    @Option(names = "--register", paramLabel = "FILE", description = "the organisation's register (YAML)")
    private @Nullable Path register;

    SqliteStore open() {
        return SqliteStore.open(data);
    }

    Register register() throws IOException {
        return register == null ? Register.empty() : RegisterFile.read(register);
    }
}
