package dev.demarc.local.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the data file and the schema version that {@code user_version} holds. */
final class SqliteSchema {
    static final int VERSION = 1;

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE observation (
                resource TEXT PRIMARY KEY,
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                service_type TEXT NOT NULL,
                state TEXT NOT NULL,
                version TEXT NOT NULL,
                body TEXT NOT NULL
            ) WITHOUT ROWID""",
            "CREATE INDEX observation_live ON observation (provider, account, service_type) WHERE state = 'LIVE'",
            // AUTOINCREMENT: a sequence is never used again after its row was acknowledged.
            """
            CREATE TABLE outbox (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                before TEXT,
                after TEXT NOT NULL
            )""",
            "CREATE TABLE projected (resource TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE finding (id TEXT PRIMARY KEY, resource TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
            "CREATE INDEX finding_resource ON finding (resource)",
            """
            CREATE TABLE rollup (
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                service_type TEXT NOT NULL,
                control TEXT NOT NULL,
                verdict TEXT NOT NULL,
                count INTEGER NOT NULL,
                PRIMARY KEY (provider, account, service_type, control, verdict)
            ) WITHOUT ROWID""",
            """
            CREATE TABLE feed_evidence (
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                service_type TEXT NOT NULL,
                moment TEXT NOT NULL,
                PRIMARY KEY (provider, account, service_type)
            ) WITHOUT ROWID""",
            """
            CREATE TABLE sweep_evidence (
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                service_type TEXT NOT NULL,
                moment TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (provider, account, service_type)
            ) WITHOUT ROWID""");

    private SqliteSchema() {}

    /** Creates the tables in an empty file; refuses a file that a newer release wrote. */
    static void prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("BEGIN IMMEDIATE");
            int found = version(statement);
            if (found > VERSION) {
                statement.execute("ROLLBACK");
                throw new StoreFailure(
                        file + " has schema version " + found + ", and this release knows versions up to " + VERSION
                                + "; use the release that wrote it or a newer one, or name another data directory");
            }
            if (found == 0) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
            }
            statement.execute("COMMIT");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
