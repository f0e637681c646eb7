package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.notify.Clockwork;
import dev.demarc.notify.NoticeLog;
import dev.demarc.notify.Notices;
import dev.demarc.project.Projector;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import java.time.InstantSource;

/** What has to be done now and then while the API is served: project what came in, tell what happened, look at the clock. */
final class Housekeeping implements Runnable {
    private final SqliteStore store;
    private final Projector projector;
    private final NoticeLog notices;
    private final Clockwork clockwork;
    private final InstantSource clock;

    Housekeeping(SqliteStore store, InstantSource clock) {
        this.store = store;
        this.projector = new Projector(store);
        this.notices = new NoticeLog(store);
        this.clockwork = new Clockwork(store, store, Catalogue.bundled());
        this.clock = clock;
    }

    @Override
    public void run() {
        store.drain(change -> {
            projector.apply(change);
            if (change instanceof StoreChange.HistoryAdded(String ignored, HistoryEntry entry)) {
                notices.write(Scope.operator(entry.tenant()), Notices.of(entry), clock.instant());
            }
        });
        clockwork.tick(Scope.operator(Scope.MAIN), clock.instant());
    }
}
