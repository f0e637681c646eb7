package dev.demarc.local.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the data file and the schema version that {@code user_version} holds. */
final class SqliteSchema {
    static final int VERSION = 2;

    // AUTOINCREMENT: a sequence is never used again after its row was acknowledged.
    static final String OUTBOX = """
            CREATE TABLE outbox (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL,
                before TEXT,
                after TEXT NOT NULL,
                at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
            )""";
    // A generation under way stands beside the newest one that ended.
    static final String SWEEP_EVIDENCE = """
            CREATE TABLE sweep_evidence (
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                service_type TEXT NOT NULL,
                ended INTEGER NOT NULL,
                started TEXT NOT NULL,
                finished TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (provider, account, service_type, ended)
            ) WITHOUT ROWID""";

    private static final List<String> FACTS = List.of(
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
            OUTBOX,
            """
            CREATE TABLE feed_evidence (
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                service_type TEXT NOT NULL,
                moment TEXT NOT NULL,
                PRIMARY KEY (provider, account, service_type)
            ) WITHOUT ROWID""",
            SWEEP_EVIDENCE);

    /** What the projector makes from the facts. */
    static final List<String> DERIVED = List.of(
            """
            CREATE TABLE projected (
                resource TEXT PRIMARY KEY,
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                body TEXT NOT NULL
            ) WITHOUT ROWID""",
            // The id begins with provider and account, so that the primary key lists the findings of an account too.
            """
            CREATE TABLE finding (
                id TEXT PRIMARY KEY,
                tenant TEXT NOT NULL,
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                bucket TEXT NOT NULL,
                since TEXT NOT NULL,
                body TEXT NOT NULL
            ) WITHOUT ROWID""",
            "CREATE INDEX finding_bucket ON finding (bucket, id)",
            "CREATE INDEX finding_age ON finding (tenant, since, id)",
            "CREATE INDEX finding_account_age ON finding (tenant, provider, account, since, id)",
            """
            CREATE TABLE rollup (
                tenant TEXT NOT NULL,
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                service_type TEXT NOT NULL,
                control TEXT NOT NULL,
                verdict TEXT NOT NULL,
                sensitivity TEXT NOT NULL,
                criticality TEXT NOT NULL,
                exposed INTEGER NOT NULL,
                count INTEGER NOT NULL,
                PRIMARY KEY (
                    tenant, provider, account, service_type, control, verdict, sensitivity, criticality, exposed)
            ) WITHOUT ROWID""",
            "CREATE INDEX rollup_account ON rollup (provider, account)",
            """
            CREATE TABLE account_stamp (
                provider TEXT NOT NULL,
                account TEXT NOT NULL,
                moves INTEGER NOT NULL,
                PRIMARY KEY (provider, account)
            ) WITHOUT ROWID""",
            """
            CREATE TABLE history (
                resource TEXT NOT NULL,
                tenant TEXT NOT NULL,
                id TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (resource, tenant, id)
            ) WITHOUT ROWID""");

    /** What people decide, and what could not be read. */
    static final List<String> PAPERS = List.of(
            // The empty account stands for poison that belongs to none.
            """
            CREATE TABLE poison (
                tenant TEXT NOT NULL,
                account TEXT NOT NULL,
                source TEXT NOT NULL,
                digest TEXT NOT NULL,
                reason TEXT NOT NULL,
                size INTEGER NOT NULL,
                first_seen TEXT NOT NULL,
                last_seen TEXT NOT NULL,
                deliveries INTEGER NOT NULL,
                PRIMARY KEY (account, source, digest)
            ) WITHOUT ROWID""",
            "CREATE INDEX poison_seen ON poison (last_seen)",
            "CREATE INDEX poison_tenant ON poison (tenant, last_seen)",
            "CREATE INDEX poison_account ON poison (tenant, account, last_seen)",
            """
            CREATE TABLE document (
                tenant TEXT NOT NULL,
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                revision INTEGER NOT NULL,
                expires TEXT NOT NULL,
                PRIMARY KEY (tenant, kind, id)
            ) WITHOUT ROWID""",
            "CREATE INDEX document_expires ON document (expires) WHERE expires <> ''",
            """
            CREATE TABLE document_revision (
                tenant TEXT NOT NULL,
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                revision INTEGER NOT NULL,
                moment TEXT NOT NULL,
                author TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (tenant, kind, id, revision)
            ) WITHOUT ROWID""");

    private SqliteSchema() {}

    /** Creates the tables in an empty file, brings an older file up to date, and refuses one that a newer release wrote. */
    static void prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("BEGIN IMMEDIATE");
            try {
                prepare(connection, statement, file);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static void prepare(Connection connection, Statement statement, Path file) throws SQLException {
        int found = version(statement);
        if (found > VERSION) {
            throw new StoreFailure(file + " has schema version " + found + ", and this release knows versions up to "
                    + VERSION + "; use the release that wrote it or a newer one, or name another data directory");
        }
        if (found == VERSION) {
            return;
        }
        if (found == 0) {
            create(statement, FACTS);
            create(statement, DERIVED);
        } else {
            SqliteMigration.fromVersion1(connection);
        }
        create(statement, PAPERS);
        statement.execute("PRAGMA user_version = " + VERSION);
    }

    static void create(Statement statement, List<String> tables) throws SQLException {
        for (String table : tables) {
            statement.execute(table);
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
