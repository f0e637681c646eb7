package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.Governance;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.query.Posture;
import dev.demarc.record.Scope;
import dev.demarc.register.Register;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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

    Path directory() {
        return data;
    }

    /** What the suite on this machine sees: everything. */
    static Scope scope() {
        return Scope.operator(Scope.MAIN);
    }

    /** The file when one is named, else the register that was pushed to the store. */
    Governance governance(SqliteStore store) throws IOException {
        Governance decided = Decisions.load(store, scope());
        return register == null
                ? decided
                : new Governance(RegisterFile.read(register), decided.waivers(), decided.attestations());
    }

    Posture posture(SqliteStore store, Instant now) throws IOException {
        return new Posture(store, scope(), Catalogue.bundled(), governance(store), now);
    }

    /** The register of the file; empty when none is named. */
    Optional<Register> namedRegister() throws IOException {
        return register == null ? Optional.empty() : Optional.of(RegisterFile.read(register));
    }

    Register register() throws IOException {
        return register == null ? Register.empty() : RegisterFile.read(register);
    }
}
