package dev.demarc.local;

import dev.demarc.api.ApiParts;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.project.Rebuild;
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

/** {@code demarc up}: the API on loopback until it is stopped, with the work that the clock drives. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Serve the API on loopback until stopped.",
            "Requests need the bearer token in DIR/api-token, or one made by 'demarc token'; 'demarc api' sends it."
        })
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
        InstantSource clock = InstantSource.system();
        try (SqliteStore store = options.open()) {
            ApiParts stored = ApiParts.of(store, Catalogue.bundled(), scope -> Rebuild.within(store, scope), clock);
            ApiParts parts = options.namedRegister().map(stored::with).orElse(stored);
            try (Housekeeping work = new Housekeeping(store, clock);
                    Server server = Server.start(options.directory(), parts, clock, port, this::log);
                    EveryMinute housekeeping = EveryMinute.start(work, this::log)) {
                Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
                Console.out(spec, out -> out.println(server.url()));
                log("the bearer token is in " + options.directory().resolve(ApiTokens.TOKEN_FILE));
                housekeeping.goOnUntil(stopped);
            }
        }
        return ExitCode.FINE;
    }

    private void log(String line) {
        Console.err(spec).println("demarc: " + line);
    }
}
