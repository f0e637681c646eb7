package dev.demarc.local;

import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.register.Register;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demarc ingest}: provider messages and documents through the entry points into the store. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = {
            "Take provider messages and documents into the store, through the functions' entry points.",
            "The last line on standard output is a JSON count of what became of them."
        })
final class IngestCommand implements Callable<Integer> {
    private static final int BATCH = 500;

    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(
            names = "--estate",
            paramLabel = "FILE",
            description = "documents that answer reads: what an event does not carry")
    private @Nullable Path estateFile;

    @Option(
            names = {"-v", "--verbose"},
            description = "say on standard error what was skipped, and why")
    private boolean verbose;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "files, folders, or - for standard input")
    private List<String> paths = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Register register = options.register();
        Tally tally = new Tally(Console.err(spec), verbose);
        try (SqliteStore store = options.open()) {
            LocalSuite suite = new LocalSuite(store, reader(), register.tagKeys(), tally);
            Batches batches = new Batches(store, suite, tally, new Progress(Console.err(spec)));
            new InputDocuments(batches).readAll(paths, System.in);
            batches.flush();
            batches.progress.end();
            suite.project();
        }
        Console.out(spec, out -> out.println(tally.json().write()));
        return tally.rejected() == 0 ? ExitCode.FINE : ExitCode.THRESHOLD;
    }

    private ProviderReader reader() throws IOException {
        if (estateFile == null) {
            return new NothingReadable();
        }
        Estate estate = new Estate();
        estate.load(estateFile.toString(), Files.newInputStream(estateFile), modified(estateFile.toString()));
        return estate;
    }

    private static Instant modified(String where) {
        try {
            return Files.getLastModifiedTime(Path.of(where)).toInstant();
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return Instant.now();
        }
    }

    /** Delivers documents, several in one transaction: a commit for each would cost more than all the rest. */
    private static final class Batches implements InputDocuments.Receiver {
        private record Waiting(String where, Json document) {}

        private final SqliteStore store;
        private final LocalSuite suite;
        private final Tally tally;
        private final List<Waiting> waiting = new ArrayList<>();
        private final Progress progress;
        private String file = "";

        Batches(SqliteStore store, LocalSuite suite, Tally tally, Progress progress) {
            this.progress = progress;
            this.store = store;
            this.suite = suite;
            this.tally = tally;
        }

        @Override
        public void document(String where, Json document) {
            progress.one();
            waiting.add(new Waiting(where, document));
            if (waiting.size() >= BATCH) {
                flush();
            }
        }

        @Override
        public void rejected(String where, String why) {
            flush();
            tally.at(where);
            tally.reject(why);
        }

        @Override
        public void skipped(String where, String why) {
            flush();
            tally.at(where);
            tally.skip(why);
        }

        void flush() {
            store.inBatch(() -> waiting.forEach(one -> {
                tally.at(one.where);
                deliver(one.where, one.document);
            }));
            waiting.clear();
        }

        private void deliver(String where, Json document) {
            if (document instanceof Json.JsonArray(List<Json> elements)) {
                elements.forEach(element -> deliver(where, element));
                return;
            }
            String name = where.replaceAll(":\\d+$", "");
            if (!name.equals(file)) {
                file = name;
                suite.readAt(modified(name));
            }
            try {
                if (!suite.deliver(document)) {
                    tally.reject(
                            "no known shape; expected an AWS Config message or item, an Azure event or ARM resource, or a Google Cloud asset");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
