package dev.demarc.local;

import dev.demarc.govern.RegisterVersions;
import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.register.RegisterDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code demarc register diff}: what a file would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "What differs from a version in the store to a file: entries added, removed and changed.")
final class RegisterDiffCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Parameters(paramLabel = "FILE", description = "the register (YAML)")
    private Path file = Path.of("register.yaml");

    @Option(
            names = "--against",
            paramLabel = "VERSION",
            description = "the version to compare with (default: the current one)")
    private @Nullable Long against;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Json after = RegisterFile.check(file).json();
        try (SqliteStore store = options.open()) {
            Json before = against == null
                    ? RegisterShowCommand.json(new RegisterVersions(store).current(StoreOptions.scope()))
                    : RegisterShowCommand.version(store, against).json();
            RegisterDiff diff = RegisterDiff.between(before, after);
            output.write(table(diff));
            return ExitCode.FINE;
        }
    }

    private static Table table(RegisterDiff diff) {
        Table table = new Table("change", "subject", "member", "before", "after");
        for (RegisterDiff.Change change : diff.changes()) {
            List<RegisterDiff.Member> members =
                    change.members().isEmpty() ? List.of(new RegisterDiff.Member("", "", "")) : change.members();
            members.forEach(member ->
                    table.row(change.kind(), change.subject(), member.name(), member.before(), member.after()));
        }
        return table;
    }
}
