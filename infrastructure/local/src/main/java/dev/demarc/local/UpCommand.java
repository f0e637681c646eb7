package dev.demarc.local;

import dev.demarc.api.FindingsApi;
import dev.demarc.aws.FindingsApiFunction;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.local.store.SqliteStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc up}: the API on loopback until it is stopped. */
@Command(name = "up", mixinStandardHelpOptions = true, description = "Serve the API on loopback until stopped.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "port on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        FindingsApi api;
        try (SqliteStore store = options.open()) {
            api = new FindingsApi(store, Catalogue.bundled(), options.register(), InstantSource.system());
            try (Server server = Server.start(new FindingsApiFunction(api), port)) {
                Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
                Console.out(spec, out -> out.println(server.url()));
                stopped.await();
            }
        }
        return ExitCode.FINE;
    }
}
