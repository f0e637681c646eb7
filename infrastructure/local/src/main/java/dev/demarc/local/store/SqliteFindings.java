package dev.demarc.local.store;

import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.record.RollupKey;
import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.StoredFindingJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Stored findings: under their counter, by age, and of one account. */
final class SqliteFindings {
    private static final String PUT = """
            INSERT INTO finding (id, tenant, provider, account, bucket, since, body) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                tenant = excluded.tenant, bucket = excluded.bucket, since = excluded.since, body = excluded.body""";

    private final SqliteDatabase database;

    SqliteFindings(SqliteDatabase database) {
        this.database = database;
    }

    void put(StoredFinding finding) {
        AccountId account = finding.account();
        database.update(
                PUT,
                finding.id(),
                finding.tenant(),
                account.provider().word(),
                account.account(),
                bucket(finding.bucket()),
                Moments.sortable(finding.since()),
                StoredFindingJson.write(finding).write());
    }

    void remove(StoredFinding finding) {
        database.update("DELETE FROM finding WHERE id = ?", finding.id());
    }

    /** The counter as one text; the service type stands last, because it alone may hold any character. */
    private static String bucket(RollupKey key) {
        return String.join(
                "|",
                key.tenant(),
                key.provider().word(),
                key.account(),
                key.control().value(),
                key.verdict(),
                key.sensitivity().map(Enum::name).orElse(""),
                key.criticality().map(Enum::name).orElse(""),
                Boolean.toString(key.exposed()),
                key.serviceType().name());
    }

    List<StoredFinding> under(RollupKey key, String afterId, int limit) {
        return database.query(
                SqliteFindings::read,
                "SELECT body FROM finding WHERE bucket = ? AND id > ? ORDER BY id LIMIT ?",
                bucket(key),
                afterId,
                limit);
    }

    List<StoredFinding> byAge(String tenant, AgeMark after, int limit) {
        return database.query(
                SqliteFindings::read,
                "SELECT body FROM finding WHERE tenant = ? AND (since, id) > (?, ?) ORDER BY since, id LIMIT ?",
                tenant,
                Moments.sortable(after.since()),
                after.id(),
                limit);
    }

    List<StoredFinding> byAge(String tenant, AccountId account, AgeMark after, int limit) {
        return database.query(
                SqliteFindings::read,
                "SELECT body FROM finding WHERE tenant = ? AND provider = ? AND account = ? AND (since, id) > (?, ?)"
                        + " ORDER BY since, id LIMIT ?",
                tenant,
                account.provider().word(),
                account.account(),
                Moments.sortable(after.since()),
                after.id(),
                limit);
    }

    List<StoredFinding> of(AccountId account, String afterId, int limit) {
        KeyRange range = KeyRange.of(account, afterId);
        return database.query(
                SqliteFindings::read,
                "SELECT body FROM finding WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
                range.after(),
                range.before(),
                limit);
    }

    private static StoredFinding read(ResultSet row) throws SQLException {
        return StoredFindingJson.read(JsonReader.parse(row.getString(1)));
    }
}
