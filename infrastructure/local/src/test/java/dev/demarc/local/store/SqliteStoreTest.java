package dev.demarc.local.store;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.TENANTS;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.passing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.record.CentralStoreContract;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Poison;
import dev.demarc.record.Projected;
import dev.demarc.record.Sample;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoreContract;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.Tenants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements CentralStoreContract {
    @TempDir
    Path directory;

    private @Nullable SqliteStore store;

    @Override
    public SqliteStore store(Tenants tenants) {
        if (store == null) {
            store = SqliteStore.open(directory.resolve("data"), tenants);
        }
        return store;
    }

    @Override
    public SqliteStore store() {
        return store(TENANTS);
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    @Test
    void keepsEverythingWhenItIsOpenedAgain() {
        Observation now = failing("a", 1);
        FeedEvidence feed = Sample.feed(ACCOUNT, BUCKET, NOON);
        SweepEvidence sweep = Sample.sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        store().record(now);
        Projected state = project(now);
        store().putFeedEvidence(feed);
        store().putSweepEvidence(sweep);
        store().quarantine(Optional.of(ACCOUNT), "sweep", new byte[] {1}, "not JSON", NOON);
        store().write(WHOLE, new Write(Kind.REGISTER, "register", 0, NOON, "ann", Json.of(1)));

        close();

        assertThat(store().observation(now.resource())).contains(now);
        assertThat(store().projected(now.resource())).contains(state);
        assertThat(store().findingsOf(ACCOUNT, "", 10)).isEqualTo(state.findings());
        assertThat(store().rollups(WHOLE)).isEqualTo(state.counters());
        assertThat(store().history(WHOLE, now.resource(), "", 10)).hasSize(1);
        assertThat(store().feedEvidence(WHOLE)).containsExactly(feed);
        assertThat(store().sweepEvidence(WHOLE)).containsExactly(sweep);
        assertThat(store().poison(WHOLE, 10)).hasSize(1);
        assertThat(store().document(WHOLE, Kind.REGISTER, "register")).isPresent();
        assertThat(changes())
                .hasSize(3)
                .hasExactlyElementsOfTypes(
                        ObservationChange.class, StoreChange.HistoryAdded.class, StoreChange.SweepEnded.class);
    }

    @Test
    void belongsToOneOrganisationWhenItIsNotToldOtherwise() {
        try (SqliteStore single = SqliteStore.open(directory.resolve("single"))) {
            assertThat(single.tenantOf(Sample.FOREIGN)).isEqualTo(Scope.MAIN);
        }
    }

    @Test
    void keepsAllOfABatchOrNone() {
        store().inBatch(() -> {
            store().record(passing("a", 1));
            store().record(passing("b", 1));
        });

        assertThatThrownBy(() -> store().inBatch(() -> {
                    store().record(passing("c", 1));
                    project(passing("c", 1));
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store().observations(ACCOUNT, "", 10)).containsExactly(passing("a", 1), passing("b", 1));
        assertThat(store().rollups(WHOLE)).isEmpty();
        assertThat(changes()).hasSize(2);
    }

    @Test
    void deliversABatchAgainWhenItsConsumerFailed() {
        store().record(passing("a", 1));
        store().record(passing("b", 1));
        AtomicInteger seen = new AtomicInteger();

        assertThatThrownBy(() -> store().inBatch(() -> store().drain(change -> {
                    if (seen.incrementAndGet() == 2) {
                        throw new IllegalStateException("stop");
                    }
                })))
                .isInstanceOf(IllegalStateException.class);

        assertThat(changes()).hasSize(2);
    }

    @Test
    void drainsMoreThanOnePage() {
        store().inBatch(() -> {
            for (int i = 1; i <= 1200; i++) {
                store().record(passing("a", i));
            }
        });
        List<StoreChange> changes = new ArrayList<>();

        assertThat(store().drain(changes::add)).isEqualTo(1200);

        assertThat(changes.getLast())
                .isInstanceOfSatisfying(
                        ObservationChange.class,
                        change -> assertThat(change.after()).isEqualTo(passing("a", 1200)));
    }

    @Test
    void doesNotWaitForEverWhenABatchDrainsWhileAnotherThreadDoes() throws Exception {
        store().record(passing("a", 1));
        CountDownLatch delivered = new CountDownLatch(1);
        CountDownLatch inBatch = new CountDownLatch(1);
        Callable<Long> slow = () -> store().drain(change -> {
            delivered.countDown();
            await(inBatch);
        });
        Callable<Long> batch = () -> {
            await(delivered);
            AtomicLong drained = new AtomicLong();
            store().inBatch(() -> {
                inBatch.countDown();
                drained.set(store().drain(change -> {}));
            });
            return drained.get();
        };

        assertThat(StoreContract.atOnce(List.of(slow, batch))).hasSize(2);

        assertThat(changes()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void forgetsPoisonThatWasNotSeenForThirtyDays() {
        store().quarantine(Optional.of(ACCOUNT), "old", new byte[] {1}, "not JSON", NOON);
        store().quarantine(Optional.of(ACCOUNT), "seen", new byte[] {1}, "not JSON", NOON);

        store().quarantine(Optional.of(ACCOUNT), "seen", new byte[] {1}, "not JSON", NOON.plus(Duration.ofDays(29)));
        store().quarantine(Optional.of(ACCOUNT), "new", new byte[] {1}, "not JSON", NOON.plus(Duration.ofDays(31)));

        assertThat(store().poison(WHOLE, 10)).extracting(Poison::source).containsExactly("new", "seen");
    }

    @Test
    void forgetsDocumentsWhenTheirTimeHasCome() {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        try (SqliteStore timed = SqliteStore.open(directory.resolve("timed"), TENANTS, now::get)) {
            Optional<Instant> end = Optional.of(NOON.plusSeconds(60));
            timed.write(WHOLE, new Write(Kind.IDEMPOTENCY, "key", 0, NOON, "ann", Json.of(1), end));
            assertThat(timed.document(WHOLE, Kind.IDEMPOTENCY, "key")).isPresent();

            now.set(NOON.plusSeconds(60));
            assertThat(timed.document(WHOLE, Kind.IDEMPOTENCY, "key")).isEmpty();

            timed.write(WHOLE, new Write(Kind.IDEMPOTENCY, "other", 0, NOON, "ann", Json.of(1)));
            assertThat(timed.revisions(WHOLE, Kind.IDEMPOTENCY, "key")).isEmpty();
        }
    }
}
