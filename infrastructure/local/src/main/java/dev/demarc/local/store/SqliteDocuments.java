package dev.demarc.local.store;

import dev.demarc.json.JsonReader;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Documents: a row that names the newest revision, beside all revisions. */
final class SqliteDocuments {
    private static final String HEAD = """
            INSERT INTO document (tenant, kind, id, revision, expires) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET revision = excluded.revision, expires = excluded.expires""";
    private static final String REVISION = """
            INSERT INTO document_revision (tenant, kind, id, revision, moment, author, body)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String NEWEST = """
            SELECT id, revision, moment, author, body
            FROM document JOIN document_revision USING (tenant, kind, id, revision)
            WHERE tenant = ? AND kind = ? AND id""";
    private static final String REVISIONS = """
            SELECT id, revision, moment, author, body FROM document_revision
            WHERE tenant = ? AND kind = ? AND id = ? ORDER BY revision DESC""";
    private static final String VALID = " AND (expires = '' OR expires > ?)";
    private static final String DROP_REVISIONS = """
            DELETE FROM document_revision WHERE (tenant, kind, id) IN (
                SELECT tenant, kind, id FROM document WHERE expires <> '' AND expires <= ?)""";
    private static final String DROP_HEADS = "DELETE FROM document WHERE expires <> '' AND expires <= ?";

    private final SqliteDatabase database;
    private final InstantSource clock;

    SqliteDocuments(SqliteDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    boolean write(String tenant, Write write) {
        String kind = write.kind().name();
        return database.transaction(() -> {
            dropExpired();
            long revision = database.first(
                            row -> row.getLong(1),
                            "SELECT revision FROM document WHERE tenant = ? AND kind = ? AND id = ?",
                            tenant,
                            kind,
                            write.id())
                    .orElse(0L);
            if (revision != write.expected()) {
                return false;
            }
            String expires = write.expires().map(Moments::sortable).orElse("");
            database.update(HEAD, tenant, kind, write.id(), revision + 1, expires);
            database.update(
                    REVISION,
                    tenant,
                    kind,
                    write.id(),
                    revision + 1,
                    write.at().toString(),
                    write.by(),
                    write.body().write());
            return true;
        });
    }

    private void dropExpired() {
        String now = now();
        database.update(DROP_REVISIONS, now);
        database.update(DROP_HEADS, now);
    }

    Optional<Document> document(String tenant, Kind kind, String id) {
        return database.first(SqliteDocuments::read, NEWEST + " = ?" + VALID, tenant, kind.name(), id, now());
    }

    List<Document> documents(String tenant, Kind kind, String afterId, int limit) {
        return database.query(
                SqliteDocuments::read,
                NEWEST + " > ?" + VALID + " ORDER BY id LIMIT ?",
                tenant,
                kind.name(),
                afterId,
                now(),
                limit);
    }

    List<Document> revisions(String tenant, Kind kind, String id) {
        return database.query(SqliteDocuments::read, REVISIONS, tenant, kind.name(), id);
    }

    private String now() {
        return Moments.sortable(clock.instant());
    }

    private static Document read(ResultSet row) throws SQLException {
        return new Document(
                row.getString(1),
                row.getLong(2),
                Instant.parse(row.getString(3)),
                row.getString(4),
                JsonReader.parse(row.getString(5)));
    }
}
