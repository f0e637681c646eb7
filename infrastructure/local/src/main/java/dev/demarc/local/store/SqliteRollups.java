package dev.demarc.local.store;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.RollupKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The counters. One that reaches zero has no row. */
final class SqliteRollups {
    private static final String ADD = """
            INSERT INTO rollup (
                tenant, provider, account, service_type, control, verdict, sensitivity, criticality, exposed, count)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET count = rollup.count + excluded.count""";
    private static final String DROP_ZERO = """
            DELETE FROM rollup
            WHERE tenant = ? AND provider = ? AND account = ? AND service_type = ? AND control = ? AND verdict = ?
                AND sensitivity = ? AND criticality = ? AND exposed = ? AND count = 0""";
    private static final String READ = """
            SELECT tenant, provider, account, service_type, control, verdict, sensitivity, criticality, exposed, count
            FROM rollup WHERE""";

    private final SqliteDatabase database;

    SqliteRollups(SqliteDatabase database) {
        this.database = database;
    }

    void add(RollupKey key, long delta) {
        Object[] columns = columns(key);
        Object[] row = Arrays.copyOf(columns, columns.length + 1);
        row[columns.length] = delta;
        database.update(ADD, row);
        if (delta < 0) {
            database.update(DROP_ZERO, columns);
        }
    }

    private static Object[] columns(RollupKey key) {
        return new Object[] {
            key.tenant(),
            key.provider().word(),
            key.account(),
            key.serviceType().name(),
            key.control().value(),
            key.verdict(),
            key.sensitivity().map(Enum::name).orElse(""),
            key.criticality().map(Enum::name).orElse(""),
            key.exposed() ? 1 : 0
        };
    }

    void replace(AccountId account, Map<RollupKey, Long> counters) {
        database.update(
                "DELETE FROM rollup WHERE provider = ? AND account = ?",
                account.provider().word(),
                account.account());
        counters.forEach(this::add);
    }

    Map<RollupKey, Long> of(String tenant) {
        return counters(READ + " tenant = ?", tenant);
    }

    Map<RollupKey, Long> of(String tenant, AccountId account) {
        return counters(
                READ + " tenant = ? AND provider = ? AND account = ?",
                tenant,
                account.provider().word(),
                account.account());
    }

    /** Of every tenant: an account that moved may have counters under both. */
    Map<RollupKey, Long> of(AccountId account) {
        return counters(
                READ + " provider = ? AND account = ?", account.provider().word(), account.account());
    }

    private Map<RollupKey, Long> counters(String sql, Object... arguments) {
        Map<RollupKey, Long> counters = new HashMap<>();
        database.query(row -> Map.entry(key(row), row.getLong(10)), sql, arguments)
                .forEach(one -> counters.put(one.getKey(), one.getValue()));
        return counters;
    }

    private static RollupKey key(ResultSet row) throws SQLException {
        return new RollupKey(
                row.getString(1),
                Provider.of(row.getString(2)),
                row.getString(3),
                new ServiceType(row.getString(4)),
                new ControlId(row.getString(5)),
                row.getString(6),
                level(row.getString(7)),
                level(row.getString(8)),
                row.getInt(9) == 1);
    }

    private static Optional<Labels.Level> level(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(Labels.Level.valueOf(name));
    }
}
