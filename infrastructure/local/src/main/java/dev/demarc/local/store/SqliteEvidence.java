package dev.demarc.local.store;

import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.SweepEvidenceJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Evidence of feeds and sweeps, one row each for an account and service type. */
final class SqliteEvidence {
    static final String PUT_SWEEP = """
            INSERT INTO sweep_evidence (provider, account, service_type, ended, started, finished, body)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                started = excluded.started, finished = excluded.finished, body = excluded.body
            WHERE (excluded.started, excluded.finished) >= (sweep_evidence.started, sweep_evidence.finished)""";
    // What is said to be under way has ended when it, or a later one, has.
    private static final String DROP_ENDED = """
            DELETE FROM sweep_evidence AS under_way
            WHERE provider = ? AND account = ? AND service_type = ? AND ended = 0 AND started <= (
                SELECT started FROM sweep_evidence AS other
                WHERE other.provider = under_way.provider AND other.account = under_way.account
                    AND other.service_type = under_way.service_type AND other.ended = 1)""";
    private static final String PUT_FEED = """
            INSERT INTO feed_evidence (provider, account, service_type, moment) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET moment = excluded.moment WHERE excluded.moment > feed_evidence.moment""";
    private static final String FEEDS = "SELECT provider, account, service_type, moment FROM feed_evidence";
    private static final String SWEEPS = "SELECT body FROM sweep_evidence";
    private static final String OF_ACCOUNT = " WHERE provider = ? AND account = ?";

    private final SqliteDatabase database;
    private final SqliteFeed feed;

    SqliteEvidence(SqliteDatabase database, SqliteFeed feed) {
        this.database = database;
        this.feed = feed;
    }

    void put(FeedEvidence evidence) {
        database.update(
                PUT_FEED,
                evidence.provider().word(),
                evidence.account(),
                evidence.serviceType().name(),
                Moments.sortable(evidence.lastEventAt()));
    }

    void put(SweepEvidence evidence) {
        database.transaction(() -> {
            boolean changed = database.update(PUT_SWEEP, row(evidence)) == 1;
            database.update(
                    DROP_ENDED,
                    evidence.provider().word(),
                    evidence.account(),
                    evidence.serviceType().name());
            if (changed && evidence.hasEnded()) {
                feed.sweepEnded(SweepEvidenceJson.write(evidence).write());
            }
            return changed;
        });
    }

    static Object[] row(SweepEvidence evidence) {
        return new Object[] {
            evidence.provider().word(),
            evidence.account(),
            evidence.serviceType().name(),
            evidence.hasEnded() ? 1 : 0,
            Moments.sortable(evidence.startedAt()),
            Moments.sortable(evidence.finishedAt()),
            SweepEvidenceJson.write(evidence).write()
        };
    }

    Optional<SweepEvidence> ended(Provider provider, String account, ServiceType serviceType) {
        return database.first(
                SqliteEvidence::sweep,
                SWEEPS + OF_ACCOUNT + " AND service_type = ? AND ended = 1",
                provider.word(),
                account,
                serviceType.name());
    }

    List<FeedEvidence> feeds() {
        return database.query(SqliteEvidence::feed, FEEDS);
    }

    List<FeedEvidence> feeds(AccountId account) {
        return database.query(
                SqliteEvidence::feed, FEEDS + OF_ACCOUNT, account.provider().word(), account.account());
    }

    List<SweepEvidence> sweeps() {
        return database.query(SqliteEvidence::sweep, SWEEPS);
    }

    List<SweepEvidence> sweeps(AccountId account) {
        return database.query(
                SqliteEvidence::sweep, SWEEPS + OF_ACCOUNT, account.provider().word(), account.account());
    }

    private static FeedEvidence feed(ResultSet row) throws SQLException {
        return new FeedEvidence(
                Provider.of(row.getString(1)),
                row.getString(2),
                new ServiceType(row.getString(3)),
                Instant.parse(row.getString(4)));
    }

    private static SweepEvidence sweep(ResultSet row) throws SQLException {
        return SweepEvidenceJson.read(JsonReader.parse(row.getString(1)));
    }
}
