package dev.demarc.local.store;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.record.HistoryEntryJson;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.StoreChange;
import dev.demarc.record.SweepEvidenceJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The change feed: rows written in the transaction of what they tell, deleted when their consumer is done. */
final class SqliteFeed {
    static final String OBSERVATION = "OBSERVATION";
    private static final String SWEEP = "SWEEP";
    private static final String HISTORY = "HISTORY";
    private static final int PAGE = 500;
    private static final String ADD = "INSERT INTO outbox (kind, before, after) VALUES (?, ?, ?)";

    private final SqliteDatabase database;
    private final ReentrantLock draining = new ReentrantLock();

    SqliteFeed(SqliteDatabase database) {
        this.database = database;
    }

    void observed(@Nullable String before, String after) {
        database.update(ADD, OBSERVATION, before, after);
    }

    void sweepEnded(String evidence) {
        database.update(ADD, SWEEP, null, evidence);
    }

    void historyAdded(String entry) {
        database.update(ADD, HISTORY, null, entry);
    }

    long drain(Consumer<StoreChange> consumer) {
        if (database.isInTransaction()) {
            // This thread already keeps the others out; to wait for one that drains, and waits for it, would be for
            // ever.
            return drainAll(consumer);
        }
        draining.lock();
        try {
            return drainAll(consumer);
        } finally {
            draining.unlock();
        }
    }

    private long drainAll(Consumer<StoreChange> consumer) {
        long delivered = 0;
        List<StoreChange> page;
        do {
            page = database.query(
                    SqliteFeed::change,
                    "SELECT sequence, kind, before, after, at FROM outbox ORDER BY sequence LIMIT " + PAGE);
            deliver(page, consumer);
            delivered += page.size();
        } while (!page.isEmpty());
        return delivered;
    }

    /** Acknowledges once a page, also when the consumer fails in the middle of it: a commit for each change would be slow. */
    private void deliver(List<StoreChange> page, Consumer<StoreChange> consumer) {
        long done = 0;
        try {
            for (StoreChange change : page) {
                consumer.accept(change);
                done = Long.parseLong(change.sequence());
            }
        } finally {
            if (done > 0) {
                database.update("DELETE FROM outbox WHERE sequence <= ?", done);
            }
        }
    }

    private static StoreChange change(ResultSet row) throws SQLException {
        String sequence = row.getString(1);
        Json after = JsonReader.parse(row.getString(4));
        String kind = row.getString(2);
        return switch (kind) {
            case OBSERVATION ->
                new ObservationChange(
                        sequence,
                        Optional.ofNullable(row.getString(3))
                                .map(before -> ObservationJson.read(JsonReader.parse(before))),
                        ObservationJson.read(after));
            case SWEEP -> new StoreChange.SweepEnded(sequence, SweepEvidenceJson.read(after));
            case HISTORY ->
                new StoreChange.HistoryAdded(sequence, HistoryEntryJson.read(after), Instant.parse(row.getString(5)));
            default -> throw new IllegalStateException("the change feed has a row of the unknown kind " + kind);
        };
    }
}
