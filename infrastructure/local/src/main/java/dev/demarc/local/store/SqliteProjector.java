package dev.demarc.local.store;

import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.StoredFindingJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings, counters and the projected observation of each resource, advanced together or not at all. */
final class SqliteProjector {
    private static final String ADD = """
            INSERT INTO rollup (provider, account, service_type, control, verdict, count) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET count = rollup.count + excluded.count""";
    private static final String DROP_ZERO = """
            DELETE FROM rollup
            WHERE provider = ? AND account = ? AND service_type = ? AND control = ? AND verdict = ? AND count = 0""";

    private final SqliteDatabase database;

    SqliteProjector(SqliteDatabase database) {
        this.database = database;
    }

    Optional<Observation> projected(ResourceId resource) {
        return database
                .query(
                        row -> ObservationJson.read(JsonReader.parse(row.getString(1))),
                        "SELECT body FROM projected WHERE resource = ?",
                        resource.key())
                .stream()
                .findFirst();
    }

    boolean project(Optional<Observation> expected, Observation now, Projection projection) {
        return database.transaction(() -> {
            if (!projected(now.resource()).equals(expected)) {
                return false;
            }
            database.update(
                    "INSERT INTO projected (resource, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
                    now.resource().key(),
                    ObservationJson.write(now).write());
            projection.closedFindings().forEach(id -> database.update("DELETE FROM finding WHERE id = ?", id));
            projection.upserts().forEach(this::upsert);
            projection.deltas().forEach(this::add);
            return true;
        });
    }

    private void upsert(StoredFinding finding) {
        database.update(
                "INSERT INTO finding (id, resource, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
                finding.id(),
                finding.resource().key(),
                StoredFindingJson.write(finding).write());
    }

    private void add(RollupKey key, long delta) {
        String provider = key.provider().word();
        String type = key.serviceType().name();
        database.update(ADD, provider, key.account(), type, key.control(), key.verdict(), delta);
        database.update(DROP_ZERO, provider, key.account(), type, key.control(), key.verdict());
    }

    List<Map.Entry<RollupKey, Long>> rollups() {
        return database.query(
                row -> Map.entry(
                        new RollupKey(
                                Provider.of(row.getString(1)),
                                row.getString(2),
                                new ServiceType(row.getString(3)),
                                row.getString(4),
                                row.getString(5)),
                        row.getLong(6)),
                "SELECT provider, account, service_type, control, verdict, count FROM rollup");
    }
}
