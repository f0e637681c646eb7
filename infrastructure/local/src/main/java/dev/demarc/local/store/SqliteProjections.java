package dev.demarc.local.store;

import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.ResourceId;
import dev.demarc.record.CentralStore.Counted;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.HistoryEntryJson;
import dev.demarc.record.Projected;
import dev.demarc.record.ProjectedJson;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** State, findings, counters and history of each resource, advanced together or not at all. */
final class SqliteProjections {
    private static final String PUT = """
            INSERT INTO projected (resource, provider, account, body) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET body = excluded.body""";
    private static final String MOVE = """
            INSERT INTO account_stamp (provider, account, moves) VALUES (?, ?, 1)
            ON CONFLICT DO UPDATE SET moves = account_stamp.moves + 1""";

    private final SqliteDatabase database;
    private final SqliteFeed feed;
    private final SqliteFindings findings;
    private final SqliteRollups rollups;

    SqliteProjections(SqliteDatabase database, SqliteFeed feed, SqliteFindings findings, SqliteRollups rollups) {
        this.database = database;
        this.feed = feed;
        this.findings = findings;
        this.rollups = rollups;
    }

    boolean project(Projection projection) {
        ResourceId resource = projection.resource();
        Optional<String> expected =
                projection.expected().map(state -> ProjectedJson.write(state).write());
        String now = ProjectedJson.write(projection.now()).write();
        return database.transaction(() -> {
            if (!body(resource).equals(expected)) {
                return false;
            }
            AccountId account = AccountId.of(resource);
            String provider = account.provider().word();
            database.update(PUT, resource.key(), provider, account.account(), now);
            projection.removed().forEach(findings::remove);
            projection.upserts().forEach(findings::put);
            projection.deltas().forEach(rollups::add);
            database.update(MOVE, provider, account.account());
            projection.history().ifPresent(this::add);
            return true;
        });
    }

    private void add(HistoryEntry entry) {
        String body = HistoryEntryJson.write(entry).write();
        database.update(
                "INSERT OR REPLACE INTO history (resource, tenant, id, body) VALUES (?, ?, ?, ?)",
                entry.resource().key(),
                entry.tenant(),
                entry.id(),
                body);
        feed.historyAdded(body);
    }

    boolean repair(
            AccountId account,
            String stamp,
            List<StoredFinding> stray,
            List<StoredFinding> missing,
            Map<RollupKey, Long> counters) {
        return database.transaction(() -> {
            if (!stamp(account).equals(stamp)) {
                return false;
            }
            stray.forEach(findings::remove);
            missing.forEach(findings::put);
            rollups.replace(account, counters);
            database.update(MOVE, account.provider().word(), account.account());
            return true;
        });
    }

    /** Counters and stamp of one moment. */
    Counted counted(AccountId account) {
        return database.transaction(() -> new Counted(rollups.of(account), stamp(account)));
    }

    private String stamp(AccountId account) {
        return database.first(
                        row -> row.getString(1),
                        "SELECT moves FROM account_stamp WHERE provider = ? AND account = ?",
                        account.provider().word(),
                        account.account())
                .orElse("0");
    }

    private Optional<String> body(ResourceId resource) {
        return database.first(row -> row.getString(1), "SELECT body FROM projected WHERE resource = ?", resource.key());
    }

    Optional<Projected> projected(ResourceId resource) {
        return body(resource).map(body -> ProjectedJson.read(JsonReader.parse(body)));
    }

    List<Projected> all(AccountId account, String afterKey, int limit) {
        KeyRange range = KeyRange.of(account, afterKey);
        return database.query(
                row -> ProjectedJson.read(JsonReader.parse(row.getString(1))),
                "SELECT body FROM projected WHERE resource > ? AND resource < ? ORDER BY resource LIMIT ?",
                range.after(),
                range.before(),
                limit);
    }

    List<HistoryEntry> history(String tenant, ResourceId resource, String beforeId, int limit) {
        SqliteDatabase.Row<HistoryEntry> shape = row -> HistoryEntryJson.read(JsonReader.parse(row.getString(1)));
        if (beforeId.isEmpty()) {
            return database.query(
                    shape,
                    "SELECT body FROM history WHERE resource = ? AND tenant = ? ORDER BY id DESC LIMIT ?",
                    resource.key(),
                    tenant,
                    limit);
        }
        return database.query(
                shape,
                "SELECT body FROM history WHERE resource = ? AND tenant = ? AND id < ? ORDER BY id DESC LIMIT ?",
                resource.key(),
                tenant,
                beforeId,
                limit);
    }
}
