package dev.demarc.local.store;

import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.ObservationStore.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The newest observation of each resource. */
final class SqliteObservations {
    private static final String PUT = """
            INSERT INTO observation (resource, provider, account, service_type, state, version, body)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (resource) DO UPDATE SET
                service_type = excluded.service_type,
                state = excluded.state,
                version = excluded.version,
                body = excluded.body""";

    private record Stored(boolean live, String version, String body) {}

    private final SqliteDatabase database;
    private final SqliteFeed feed;

    SqliteObservations(SqliteDatabase database, SqliteFeed feed) {
        this.database = database;
        this.feed = feed;
    }

    Outcome record(Observation observation) {
        String version = observation.version().sortable();
        String body = ObservationJson.write(observation).write();
        return database.transaction(() -> {
            Optional<Stored> before = database.first(
                    row -> new Stored(row.getString(1).equals("LIVE"), row.getString(2), row.getString(3)),
                    "SELECT state, version, body FROM observation WHERE resource = ?",
                    observation.resource().key());
            if (before.isPresent()) {
                int byVersion = version.compareTo(before.get().version());
                if (byVersion == 0 && body.equals(before.get().body())) {
                    return Outcome.UNCHANGED;
                }
                boolean resurrects = observation.isLive() && !before.get().live();
                if (byVersion < 0 || (byVersion == 0 && resurrects)) {
                    return Outcome.OLDER;
                }
            }
            put(observation, version, body);
            feed.observed(before.map(Stored::body).orElse(null), body);
            return Outcome.RECORDED;
        });
    }

    private void put(Observation observation, String version, String body) {
        database.update(
                PUT,
                observation.resource().key(),
                observation.resource().provider().word(),
                observation.resource().account(),
                observation.serviceType().name(),
                observation.state().name(),
                version,
                body);
    }

    Optional<Observation> observation(ResourceId resource) {
        return database.first(
                SqliteObservations::read, "SELECT body FROM observation WHERE resource = ?", resource.key());
    }

    List<Observation> live(Provider provider, String account, ServiceType serviceType) {
        return database.query(
                SqliteObservations::read,
                "SELECT body FROM observation WHERE state = 'LIVE' AND provider = ? AND account = ? AND service_type = ?"
                        + " ORDER BY resource",
                provider.word(),
                account,
                serviceType.name());
    }

    /** Also those of a deleted resource, in the order of keys. */
    List<Observation> all(AccountId account, String afterKey, int limit) {
        KeyRange range = KeyRange.of(account, afterKey);
        return database.query(
                SqliteObservations::read,
                "SELECT body FROM observation WHERE resource > ? AND resource < ? ORDER BY resource LIMIT ?",
                range.after(),
                range.before(),
                limit);
    }

    private static Observation read(ResultSet row) throws SQLException {
        return ObservationJson.read(JsonReader.parse(row.getString(1)));
    }
}
