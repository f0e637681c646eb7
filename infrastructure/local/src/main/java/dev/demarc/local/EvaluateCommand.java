package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.event.ChangeEvent;
import dev.demarc.event.ProviderInputs;
import dev.demarc.json.Json;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Version;
import dev.demarc.pipeline.Observer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code demarc evaluate}: stateless verdicts, one JSON line each, as a stream. */
@Command(
        name = "evaluate",
        description = "Judge documents without a store: one JSON line per verdict on standard output.")
final class EvaluateCommand implements Callable<Integer>, InputDocuments.Receiver {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "files, folders, or - for standard input")
    private List<String> paths = List.of();

    private final VerdictLines lines = new VerdictLines(new FileOutputStream(FileDescriptor.out));
    private final Observer observer = new Observer(Catalogue.bundled(), new NothingReadable(), TagKeys.DEFAULT);
    private final Instant readAt = Instant.EPOCH;
    private final Progress progress = new Progress(Console.err(null));
    private long rejected;

    @Override
    public Integer call() throws IOException {
        new InputDocuments(this).readAll(paths, System.in);
        progress.end();
        lines.flush();
        return rejected == 0 ? ExitCode.FINE : ExitCode.THRESHOLD;
    }

    @Override
    public void document(String where, Json document) throws IOException {
        progress.one();
        for (ChangeEvent event : ProviderInputs.decode(document, readAt)) {
            switch (event) {
                case ChangeEvent.Changed changed
                when !changed.whole() ->
                    lines.observation(observer.observe(
                            changed.resource(),
                            changed.version(),
                            changed.tags(),
                            new Observer.Body(changed.body(), Observer.Completeness.PARTIAL),
                            Map.of()));
                case ChangeEvent.Changed changed ->
                    lines.observation(
                            observer.observe(changed.resource(), changed.version(), changed.tags(), changed.body()));
                case ChangeEvent.Touched touched ->
                    unreadable(touched.resource(), touched.version(), touched.because());
                case ChangeEvent.Deleted ignored -> {
                    // A deleted resource has no verdict.
                }
                case ChangeEvent.CompanionChanged companion ->
                    unreadable(companion.parent(), companion.version(), "only a document beside the resource is here");
                case ChangeEvent.Ignored ignored -> {
                    // Normal input that holds no resource.
                }
                case ChangeEvent.Rejected(String because) -> rejected(where, because);
            }
        }
    }

    private void unreadable(ResourceId resource, Version version, String because) throws IOException {
        lines.observation(observer.unreadable(resource, version, because)
                .orElseGet(() -> observer.observe(
                        resource, version, Map.of(), Json.object().build())));
    }

    @Override
    public void rejected(String where, String why) throws IOException {
        rejected++;
        lines.rejected(where, why);
    }
}
