package dev.demarc.local.store;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.SweepEvidenceJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a file of schema version 1 up to date. Facts are kept in their present form; what is derived from them is forgotten, and every
 * observation goes into the change feed again, so that the projector makes it anew. "Since when" begins again with the stored version.
 */
final class SqliteMigration {
    private static final int PAGE = 1000;

    private record Body(String key, String text) {}

    private SqliteMigration() {}

    static void fromVersion1(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String derived : List.of("outbox", "projected", "finding", "rollup")) {
                statement.execute("DROP TABLE " + derived);
            }
            statement.execute(SqliteSchema.OUTBOX);
            SqliteSchema.create(statement, SqliteSchema.DERIVED);
            // A moment had the form of a version, with a rank.
            statement.execute("UPDATE feed_evidence SET moment = substr(moment, 1, instr(moment, '#') - 1)");
            statement.execute("ALTER TABLE sweep_evidence RENAME TO sweep_evidence_1");
            statement.execute(SqliteSchema.SWEEP_EVIDENCE);
            sweeps(connection);
            statement.execute("DROP TABLE sweep_evidence_1");
            observations(connection);
            statement.execute("INSERT INTO outbox (kind, after) SELECT '" + SqliteFeed.OBSERVATION
                    + "', body FROM observation ORDER BY resource");
        }
    }

    /** Puts each body into the one JSON form of today: recording compares bodies. */
    private static void observations(Connection connection) throws SQLException {
        try (PreparedStatement write =
                connection.prepareStatement("UPDATE observation SET body = ? WHERE resource = ?")) {
            String after = "";
            List<Body> page;
            do {
                page = page(connection, after);
                for (Body body : page) {
                    write.setString(1, rewritten(body.text()));
                    write.setString(2, body.key());
                    write.executeUpdate();
                    after = body.key();
                }
            } while (page.size() == PAGE);
        }
    }

    private static List<Body> page(Connection connection, String after) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(
                "SELECT resource, body FROM observation WHERE resource > ? ORDER BY resource LIMIT " + PAGE)) {
            read.setString(1, after);
            List<Body> page = new ArrayList<>();
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    page.add(new Body(rows.getString(1), rows.getString(2)));
                }
            }
            return page;
        }
    }

    private static String rewritten(String body) {
        return ObservationJson.write(ObservationJson.read(JsonReader.parse(body)))
                .write();
    }

    private static void sweeps(Connection connection) throws SQLException {
        try (Statement read = connection.createStatement();
                ResultSet rows = read.executeQuery("SELECT body FROM sweep_evidence_1");
                PreparedStatement write = connection.prepareStatement(SqliteEvidence.PUT_SWEEP)) {
            while (rows.next()) {
                Object[] row = SqliteEvidence.row(sweep(JsonReader.parse(rows.getString(1))));
                for (int i = 0; i < row.length; i++) {
                    write.setObject(i + 1, row[i]);
                }
                write.executeUpdate();
            }
        }
    }

    /** Version 1 said whether a sweep was complete, and nothing about one under way. */
    private static SweepEvidence sweep(Json body) {
        boolean complete = body.at("complete") == Json.JsonBoolean.TRUE;
        Json.Builder json = Json.object();
        body.members().forEach(json::with);
        json.with("state", (complete ? SweepEvidence.State.COMPLETE : SweepEvidence.State.INCOMPLETE).name());
        return SweepEvidenceJson.read(json.build());
    }
}
