package dev.demarc.local;

import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.project.Projector;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Buckets in the store of a data directory, for the tests of commands. */
final class Buckets {
    static final AccountId ACCOUNT = new AccountId(Provider.AWS, "111122223333");
    static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    static final ControlId RESTORE = new ControlId("DAT-06");
    static final ControlId PUBLIC = new ControlId("IDN-03");
    static final ControlId AT_REST = new ControlId("DAT-01");
    static final Instant SEEN = Instant.parse("2026-11-20T10:00:00Z");
    static final Verdict FAIL = new Verdict.NonCompliant("it is off: \u00e4\u00f6\u00fc \u2713");

    private Buckets() {}

    static ResourceId id(String name) {
        return new ResourceId(ACCOUNT.provider(), ACCOUNT.account(), "eu-west-1", BUCKET.name(), name);
    }

    static Observation observation(String name, Map<ControlId, Verdict> verdicts) {
        return new Observation(
                id(name),
                BUCKET,
                new Version(SEEN, 0),
                Observation.State.LIVE,
                "0123456789ab",
                Labels.NONE,
                new TreeMap<>(verdicts));
    }

    /** So many buckets, each with two findings of its own, a control that passes, and no labels. */
    static void fill(Path directory, int number) {
        try (SqliteStore store = SqliteStore.open(directory)) {
            store.inBatch(() -> {
                for (int i = 0; i < number; i++) {
                    store.record(observation(
                            "bucket-" + i,
                            Map.of(
                                    RESTORE,
                                    FAIL,
                                    PUBLIC,
                                    FAIL,
                                    AT_REST,
                                    new Verdict.Compliant(List.of("encryption")))));
                }
            });
            store.drain(new Projector(store)::apply);
        }
    }
}
