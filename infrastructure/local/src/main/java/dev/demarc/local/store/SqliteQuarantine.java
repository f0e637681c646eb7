package dev.demarc.local.store;

import dev.demarc.model.AccountId;
import dev.demarc.record.Poison;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Poison records by account, source and digest of their content. */
final class SqliteQuarantine {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String NO_ACCOUNT = "";
    private static final String PUT = """
            INSERT INTO poison (tenant, account, source, digest, reason, size, first_seen, last_seen, deliveries)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
            ON CONFLICT DO UPDATE SET
                tenant = excluded.tenant,
                reason = excluded.reason,
                last_seen = max(poison.last_seen, excluded.last_seen),
                deliveries = poison.deliveries + 1""";
    private static final String READ =
            "SELECT account, source, digest, reason, size, first_seen, last_seen, deliveries FROM poison WHERE";
    private static final String NEWEST_FIRST = " ORDER BY last_seen DESC LIMIT ?";

    private final SqliteDatabase database;

    SqliteQuarantine(SqliteDatabase database) {
        this.database = database;
    }

    void put(String tenant, Optional<AccountId> account, String source, byte[] content, String reason, Instant now) {
        String seen = Moments.sortable(now);
        database.transaction(() -> {
            database.update("DELETE FROM poison WHERE last_seen < ?", Moments.sortable(now.minus(KEPT)));
            return database.update(
                    PUT,
                    tenant,
                    account.map(AccountId::key).orElse(NO_ACCOUNT),
                    source,
                    digest(content),
                    reason,
                    content.length,
                    seen,
                    seen);
        });
    }

    List<Poison> of(String tenant, int limit) {
        return database.query(SqliteQuarantine::read, READ + " tenant = ?" + NEWEST_FIRST, tenant, limit);
    }

    List<Poison> of(String tenant, AccountId account, int limit) {
        return database.query(
                SqliteQuarantine::read,
                READ + " tenant = ? AND account = ?" + NEWEST_FIRST,
                tenant,
                account.key(),
                limit);
    }

    private static Poison read(ResultSet row) throws SQLException {
        String account = row.getString(1);
        return new Poison(
                account.equals(NO_ACCOUNT) ? Optional.empty() : Optional.of(AccountId.ofKey(account)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                Instant.parse(row.getString(6)),
                Instant.parse(row.getString(7)),
                row.getLong(8));
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
