package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.api.ApiParts;
import dev.demarc.api.Credentials;
import dev.demarc.api.FindingsApi;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.project.Rebuild;
import dev.demarc.record.InMemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The handlers as the Lambda runtime makes them, over an account in memory. */
public final class RuntimeHandlers {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T06:00:00Z"));

    private RuntimeHandlers() {}

    public static final class Sweep implements RequestStreamHandler {
        private final SweepFunction function = new SweepFunction(new FakeAccount().sweepPipeline(), List::of, CLOCK);

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            function.handleRequest(input, output, context);
        }
    }

    public static final class Api implements RequestStreamHandler {
        private static final InMemoryStore STORE = new InMemoryStore();

        private final FindingsApiFunction function = new FindingsApiFunction(
                new FindingsApi(
                        ApiParts.of(STORE, Catalogue.bundled(), scope -> Rebuild.within(STORE, scope), CLOCK), CLOCK),
                GatewayCallers.of(new Credentials("issuer", "audience")),
                CLOCK);

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            function.handleRequest(input, output, context);
        }
    }

    public static final class Projector implements RequestStreamHandler {
        private final InMemoryStore store = new InMemoryStore();
        private final FindingProjectorFunction function =
                new FindingProjectorFunction(new dev.demarc.project.Projector(store), store, CLOCK, Log::warn);

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            function.handleRequest(input, output, context);
        }
    }
}
