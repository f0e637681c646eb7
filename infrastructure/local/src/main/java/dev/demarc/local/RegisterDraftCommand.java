package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.ServiceType;
import dev.demarc.project.Projector;
import dev.demarc.record.RollupKey;
import dev.demarc.register.RegisterDraft;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc register draft}: a register with an entry to review for each service type in use that has none. */
@Command(
        name = "draft",
        mixinStandardHelpOptions = true,
        description = {
            "The present register with an entry to review for each service type in use that has no approved, current one.",
            "Written from the catalogue, not approved. A person reads it, replaces TODO, approves, and pushes it."
        })
final class RegisterDraftCommand implements Callable<Integer> {
    private static final String HEAD = """
            # A draft. For each entry marked "To review": read what the customer has to do (demarc catalogue SERVICE_TYPE),
            # replace TODO, set the dates of the review, say approved: true, and push the file (demarc register push).
            """;

    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this file, which must not exist yet (default: standard output)")
    private @Nullable Path output;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Catalogue catalogue = Catalogue.bundled();
        RegisterDraft draft;
        try (SqliteStore store = options.open()) {
            store.drain(new Projector(store)::apply);
            Set<ServiceType> inUse = store.rollups(StoreOptions.scope()).keySet().stream()
                    .map(RollupKey::serviceType)
                    .collect(Collectors.toUnmodifiableSet());
            LocalDate today = Instant.now().atZone(ZoneOffset.UTC).toLocalDate();
            draft = RegisterDraft.of(
                    RegisterShowCommand.json(new RegisterVersions(store).current(StoreOptions.scope())),
                    inUse,
                    catalogue,
                    today);
        }
        write(HEAD + draft.yaml(catalogue));
        Console.err(spec)
                .println(draft.drafted().size() + " service types to review"
                        + (draft.toReview().isEmpty()
                                ? ""
                                : ", " + draft.toReview().size() + " whose rows changed since the review"));
        draft.unknown()
                .forEach(type ->
                        Console.err(spec).println(type + " is in use and not in the catalogue; it has no entry here"));
        return ExitCode.FINE;
    }

    private void write(String yaml) throws IOException {
        if (output == null) {
            Console.out(spec, out -> out.print(yaml));
            return;
        }
        try {
            Files.writeString(output, yaml, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UserError(output + " exists already and may hold a review; name another file");
        }
    }
}
