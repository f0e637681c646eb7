package dev.demarc.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Provider;
import dev.demarc.record.CentralStore;
import dev.demarc.record.CentralStoreContract;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.ObservationStore.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements CentralStoreContract {
    @TempDir
    Path directory;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("data"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public CentralStore store() {
        return store;
    }

    @Test
    void keepsEverythingWhenItIsOpenedAgain() {
        var now = CentralStoreContract.failing("a", 1);
        var finding = CentralStoreContract.finding(now, ENCRYPTION);
        var counter = CentralStoreContract.counter("NON_COMPLIANT");
        var feed = new dev.demarc.record.FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, NOON);
        var sweep = CentralStoreContract.sweep(ACCOUNT, BUCKET, NOON, true);
        store.record(now);
        store.project(
                Optional.empty(),
                now,
                CentralStoreContract.projection(now, List.of(finding), List.of(), Map.of(counter, 1L)));
        store.putFeedEvidence(feed);
        store.putSweepEvidence(sweep);

        close();
        open();

        assertThat(store.observation(now.resource())).contains(now);
        assertThat(store.projected(now.resource())).contains(now);
        assertThat(store.findings("", 10)).containsExactly(finding);
        assertThat(store.rollups()).containsEntry(counter, 1L);
        assertThat(store.feedEvidence()).containsExactly(feed);
        assertThat(store.sweepEvidence()).containsExactly(sweep);
        assertThat(changes()).extracting(ObservationChange::after).containsExactly(now);
    }

    @Test
    void keepsAllOfABatchOrNone() {
        store.inBatch(() -> {
            store.record(CentralStoreContract.passing("a", 1));
            store.record(CentralStoreContract.passing("b", 1));
        });

        assertThatThrownBy(() -> store.inBatch(() -> {
                    store.record(CentralStoreContract.passing("c", 1));
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store.observationsOf(Provider.AWS, ACCOUNT, BUCKET))
                .containsExactly(CentralStoreContract.passing("a", 1), CentralStoreContract.passing("b", 1));
        assertThat(changes()).hasSize(2);
    }

    @Test
    void deliversABatchAgainWhenItsConsumerFailed() {
        store.record(CentralStoreContract.passing("a", 1));
        store.record(CentralStoreContract.passing("b", 1));

        assertThatThrownBy(() -> store.inBatch(() -> store.drain(change -> {
                    if (change.after().resource().nativeId().equals("b")) {
                        throw new IllegalStateException("stop");
                    }
                })))
                .isInstanceOf(IllegalStateException.class);

        assertThat(changes()).hasSize(2);
    }

    @Test
    void drainsMoreThanOnePage() {
        store.inBatch(() -> {
            for (int i = 1; i <= 1200; i++) {
                store.record(CentralStoreContract.passing("a", i));
            }
        });
        List<ObservationChange> changes = new ArrayList<>();

        assertThat(store.drain(changes::add)).isEqualTo(1200);

        assertThat(changes.getLast().after()).isEqualTo(CentralStoreContract.passing("a", 1200));
    }

    @Test
    void sharesTheFileWithAnotherProcess() {
        try (SqliteStore other = SqliteStore.open(directory.resolve("data"))) {
            other.record(CentralStoreContract.passing("a", 2));

            assertThat(store.record(CentralStoreContract.passing("a", 1))).isEqualTo(Outcome.OLDER);
        }
    }

    @Test
    void refusesAFileThatANewerReleaseWrote() throws Exception {
        Path newer = Files.createDirectory(directory.resolve("newer"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + newer.resolve("demarc.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }

        assertThatThrownBy(() -> SqliteStore.open(newer))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("schema version 7")
                .hasMessageContaining("demarc.db");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Path wrong = Files.createDirectory(directory.resolve("wrong"));
        Files.writeString(wrong.resolve("demarc.db"), "this is not a database".repeat(100));

        assertThatThrownBy(() -> SqliteStore.open(wrong))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("cannot be opened as a data file");
    }
}
