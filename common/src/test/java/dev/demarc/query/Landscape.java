package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.project.Projector;
import dev.demarc.record.CentralStore;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.InMemoryStore;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A few buckets in two accounts, with evidence and a register, for the tests of the query side. */
public final class Landscape {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    public static final String ACCOUNT = "111122223333";
    public static final ControlId PUBLIC = new ControlId("IDN-03");
    public static final ControlId RESTORE = new ControlId("DAT-06");
    public static final ControlId AT_REST = new ControlId("DAT-01");
    public static final Verdict PASS = new Verdict.Compliant(List.of("versioning"));
    public static final Verdict FAIL = new Verdict.NonCompliant("versioning is off");
    public static final Verdict UNKNOWN = new Verdict.Unknown("versioning is missing from the resource");
    public static final Verdict OUTSIDE = new Verdict.NotApplicable("a log bucket");
    public static final Labels LABELLED = labels(Level.MEDIUM, Level.LOW);

    private final InMemoryStore store = new InMemoryStore();
    private final Projector projector = new Projector(store);
    private Register register = Register.empty();

    public CentralStore store() {
        return store;
    }

    public Catalogue catalogue() {
        return Catalogue.bundled();
    }

    public Register register() {
        return register;
    }

    Posture posture() {
        return new Posture(store, catalogue(), register, NOW);
    }

    static Labels labels(Level sensitivity, Level criticality) {
        return new Labels(Optional.of(sensitivity), Optional.of(criticality), Optional.of("blue"));
    }

    public static ResourceId bucketId(String account, String name) {
        return new ResourceId(Provider.AWS, account, "eu-west-1", BUCKET.name(), name);
    }

    /** A labelled bucket of the first account. */
    public Landscape bucket(String name, Map<ControlId, Verdict> verdicts) {
        return bucket(ACCOUNT, name, LABELLED, verdicts);
    }

    Landscape bucket(String account, String name, Labels labels, Map<ControlId, Verdict> verdicts) {
        return resource(bucketId(account, name), BUCKET, "rev-1", labels, verdicts);
    }

    public Landscape uncatalogued() {
        ServiceType queue = new ServiceType("AWS::SQS::Queue");
        ResourceId id = new ResourceId(Provider.AWS, ACCOUNT, "eu-west-1", queue.name(), "q");
        return resource(id, queue, "", LABELLED, Map.of());
    }

    private Landscape resource(
            ResourceId id, ServiceType type, String revision, Labels labels, Map<ControlId, Verdict> verdicts) {
        Instant at = store.observation(id)
                .map(before -> before.version().observedAt().plusSeconds(1))
                .orElse(NOW.minus(Duration.ofDays(3)));
        store.record(new Observation(
                id, type, new Version(at, 0), Observation.State.LIVE, revision, labels, new TreeMap<>(verdicts)));
        store.drain(projector::apply);
        return this;
    }

    /** Evidence that the bucket feed and sweep of the account are alive. */
    public Landscape alive(String account) {
        Instant lately = NOW.minus(Duration.ofHours(2));
        store.putFeedEvidence(new FeedEvidence(Provider.AWS, account, BUCKET, lately));
        store.putSweepEvidence(new SweepEvidence(Provider.AWS, account, BUCKET, lately, lately, true, 3, 3, 0));
        return this;
    }

    /** An approved entry in date for buckets; {@code members} are more members of its JSON object, or other values for them. */
    public Landscape reviewed(String... members) {
        StringBuilder json = new StringBuilder("""
                {"entries": [{"service-type": "AWS::S3::Bucket", "owner": "storage", "reviewed-by": "A. Reviewer",
                 "reviewed-on": "2026-01-01", "expires-on": "2027-01-01", "approved": true""");
        for (String member : members) {
            json.append(", ").append(member);
        }
        register = RegisterReader.read(JsonReader.parse(json + "}]}")).register();
        return this;
    }
}
