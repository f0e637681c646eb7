package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Governance;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.query.Audit;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.record.Scope;
import dev.demarc.register.Register;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteItemCountTest extends ItemCountProof {
    private static final int BATCH = 1_000;

    @TempDir
    Path folder;

    @Override
    Bench bench(Random random) {
        return new StoreBench("sqlite", SqliteStore.open(folder), random);
    }

    @Override
    int accounts() {
        return Length.of(34, 100);
    }

    @Override
    List<Integer> sizes() {
        return Length.chosen() == Length.LONG ? List.of(10_000, 100_000, 1_000_000) : List.of(1_000, 10_000);
    }

    @Override
    void fill(Bench bench, Crowd crowd, int from, int to) {
        fill((SqliteStore) bench.store(), crowd, from, to);
    }

    private static void fill(SqliteStore store, Crowd crowd, int from, int to) {
        for (int start = from; start < to; start += BATCH) {
            int first = start;
            store.inBatch(() -> {
                for (int i = first; i < Math.min(first + BATCH, to); i++) {
                    store.record(crowd.resource(i));
                }
                drain(store);
            });
        }
    }

    /** SQLite does not say; that each statement uses an index is shown where the store is tested. */
    @Override
    long engineReads() {
        return -1;
    }

    @Test
    void answersTheAuditOfTenThousandAccounts() {
        int accounts = Length.of(1_000, 10_000) / 3;
        try (SqliteStore store = SqliteStore.open(folder)) {
            Crowd crowd = new Crowd(accounts);
            int resources = crowd.full();
            fill(store, crowd, 0, resources);
            int counters = store.rollups(Scope.operator(Scope.MAIN)).size();

            long started = System.nanoTime();
            Audit audit = new Posture(
                            store,
                            Scope.operator(Scope.MAIN),
                            Catalogue.bundled(),
                            Governance.of(Register.empty()),
                            World.END)
                    .audit(FindingFilter.ALL);

            Report.line(
                    "accounts sqlite",
                    "%d accounts, %d resources: %d counters read, %d rows of the audit, %d ms",
                    3 * accounts,
                    resources,
                    counters,
                    audit.rows().size(),
                    (System.nanoTime() - started) / 1_000_000);
            assertThat(audit.rows()).isNotEmpty();
        }
    }
}
