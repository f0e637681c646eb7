package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueChange;
import dev.demarc.model.ControlId;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code demarc catalogue diff}: what changed from one catalogue to another, and for whom. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "What changed from one catalogue to another: rows added, removed, with another owner, default or check.",
            "A catalogue is a demarc jar, a folder with compiled catalogue files, or the word 'bundled'."
        })
final class CatalogueDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OLD")
    private String before = "bundled";

    @Parameters(
            index = "1",
            paramLabel = "NEW",
            arity = "0..1",
            description = "default: ${DEFAULT-VALUE}",
            defaultValue = "bundled")
    private String after = "bundled";

    @Option(
            names = "--register",
            paramLabel = "FILE",
            description = "names who answers for each service type that changed")
    private @Nullable Path register;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Register owners = register == null ? Register.empty() : RegisterFile.read(register);
        try (CatalogueSource old = CatalogueSource.of(before);
                CatalogueSource current = CatalogueSource.of(after)) {
            Catalogue was = old.catalogue();
            Catalogue is = current.catalogue();
            Table table = new Table("serviceType", "control", "what", "was", "is", "for");
            CatalogueChange.between(was, is)
                    .forEach(change -> table.row(
                            change.serviceType(),
                            change.control().map(ControlId::value).orElse("*"),
                            change.what(),
                            change.was().orElse(""),
                            change.is().orElse(""),
                            owners.entry(change.serviceType())
                                    .map(RegisterEntry::owner)
                                    .orElse("")));
            output.write(table);
        }
        return ExitCode.FINE;
    }
}
