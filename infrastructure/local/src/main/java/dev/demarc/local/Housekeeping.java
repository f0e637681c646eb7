package dev.demarc.local;

import dev.demarc.aws.WebhookHttp;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.notify.Clockwork;
import dev.demarc.notify.Deliveries;
import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.Teller;
import dev.demarc.project.Projector;
import dev.demarc.record.Scope;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What has to be done now and then while the API is served: project what came in, look at the clock, tell what happened. */
final class Housekeeping implements Runnable, AutoCloseable {
    private final SqliteStore store;
    private final Projector projector;
    private final Teller teller;
    private final Clockwork clockwork;
    private final WebhookHttp http;
    private final Deliveries deliveries;
    private final InstantSource clock;

    Housekeeping(SqliteStore store, InstantSource clock) {
        TargetCheck targets = TargetCheck.strict();
        this.store = store;
        this.projector = new Projector(store, clock);
        this.teller = new Teller(store, store, Catalogue.bundled());
        this.clockwork = new Clockwork(store, store, Catalogue.bundled());
        this.http = new WebhookHttp(targets);
        this.deliveries = new Deliveries(store, targets, http, new SecureRandom());
        this.clock = clock;
    }

    @Override
    public void run() {
        Scope scope = Scope.operator(Scope.MAIN);
        store.drain(change -> {
            projector.apply(change);
            teller.tell(change, clock.instant());
        });
        clockwork.tick(scope, clock.instant());
        deliveries.run(scope, clock);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
