package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Attestation;
import dev.demarc.govern.Governance;
import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
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
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.Tenants;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A few buckets in two accounts, with evidence and a register, for the tests of the query side. */
public final class Landscape {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    public static final String ACCOUNT = "111122223333";
    public static final String OTHER = "444455556666";
    public static final ControlId PUBLIC = new ControlId("IDN-03");
    public static final ControlId RESTORE = new ControlId("DAT-06");
    public static final ControlId AT_REST = new ControlId("DAT-01");
    /** Of buckets the one control that only an attestation answers. */
    public static final ControlId COPIES = new ControlId("DAT-10");

    public static final Verdict PASS = new Verdict.Compliant(List.of("versioning"));
    public static final Verdict FAIL = new Verdict.NonCompliant("versioning is off");
    public static final Verdict UNKNOWN = new Verdict.Unknown("versioning is missing from the resource");
    public static final Verdict OUTSIDE = new Verdict.NotApplicable("a log bucket");
    public static final Labels LABELLED = labels(Level.MEDIUM, Level.LOW);

    private final InMemoryStore store;
    private final Projector projector;
    private final List<Waiver> waivers = new ArrayList<>();
    private final List<Attestation> attestations = new ArrayList<>();
    private Register register = Register.empty();

    public Landscape() {
        this(Tenants.single());
    }

    Landscape(Tenants tenants) {
        store = new InMemoryStore(tenants);
        projector = new Projector(store);
    }

    public CentralStore store() {
        return store;
    }

    public Catalogue catalogue() {
        return Catalogue.bundled();
    }

    public Register register() {
        return register;
    }

    public Governance governance() {
        return new Governance(register, waivers, attestations);
    }

    public Posture posture() {
        return posture(Scope.operator(Scope.MAIN), NOW);
    }

    Posture posture(Scope scope, Instant now) {
        return posture(store, scope, now);
    }

    Posture posture(ScopedReads reads, Scope scope, Instant now) {
        return new Posture(reads, scope, catalogue(), governance(), now);
    }

    /** Every finding, the most urgent first, without those that a bucket always has for want of a check. */
    List<Finding> findings() {
        return findings(NOW);
    }

    List<Finding> findings(Instant now) {
        return posture(Scope.operator(Scope.MAIN), now)
                .all(FindingFilter.ALL, Sort.PRIORITY)
                .filter(finding -> !finding.control().equals(COPIES) || finding.question() == Question.DOCUMENTED)
                .toList();
    }

    static Labels labels(Level sensitivity, Level criticality) {
        return new Labels(Optional.of(sensitivity), Optional.of(criticality), Optional.of("blue"));
    }

    public static ResourceId bucketId(String account, String name) {
        return new ResourceId(Provider.AWS, account, "eu-west-1", BUCKET.name(), name);
    }

    static AccountId account(String account) {
        return new AccountId(Provider.AWS, account);
    }

    /** A labelled bucket of the first account. */
    public Landscape bucket(String name, Map<ControlId, Verdict> verdicts) {
        return bucket(ACCOUNT, name, LABELLED, verdicts);
    }

    public Landscape bucket(String account, String name, Labels labels, Map<ControlId, Verdict> verdicts) {
        return resource(bucketId(account, name), BUCKET, "rev-1", labels, verdicts);
    }

    /** A labelled bucket of the first account as its configuration was from the moment on. */
    Landscape bucket(String name, Map<ControlId, Verdict> verdicts, Instant from) {
        return observed(new Observation(
                bucketId(ACCOUNT, name),
                BUCKET,
                new Version(from, 0),
                Observation.State.LIVE,
                "rev-1",
                LABELLED,
                new TreeMap<>(verdicts)));
    }

    public Landscape uncatalogued() {
        ServiceType queue = new ServiceType("AWS::Timestream::Database");
        ResourceId id = new ResourceId(Provider.AWS, ACCOUNT, "eu-west-1", queue.name(), "q");
        return resource(id, queue, "", LABELLED, Map.of());
    }

    Landscape resource(
            ResourceId id, ServiceType type, String revision, Labels labels, Map<ControlId, Verdict> verdicts) {
        Instant at = store.observation(id)
                .map(before -> before.version().observedAt().plusSeconds(1))
                .orElse(NOW.minus(Duration.ofDays(3)));
        return observed(new Observation(
                id, type, new Version(at, 0), Observation.State.LIVE, revision, labels, new TreeMap<>(verdicts)));
    }

    Landscape observed(Observation observation) {
        store.record(observation);
        return project();
    }

    Landscape deleted(String account, String name) {
        ResourceId id = bucketId(account, name);
        Version version = store.observation(id).orElseThrow().version();
        return observed(Observation.tombstone(
                id, BUCKET, new Version(version.observedAt().plusSeconds(1), 0)));
    }

    Landscape project() {
        store.drain(projector::apply);
        return this;
    }

    /** Evidence that the bucket feed and sweep of the account are alive. */
    public Landscape alive(String account) {
        Instant lately = NOW.minus(Duration.ofHours(2));
        return heard(account, lately).swept(account, lately);
    }

    Landscape heard(String account, Instant at) {
        store.putFeedEvidence(new FeedEvidence(Provider.AWS, account, BUCKET, at));
        return this;
    }

    /** A complete sweep of the buckets that began and ended at the moment. */
    Landscape swept(String account, Instant at) {
        return sweep(account, at, SweepEvidence.State.COMPLETE);
    }

    Landscape sweep(String account, Instant at, SweepEvidence.State state) {
        store.putSweepEvidence(new SweepEvidence(Provider.AWS, account, BUCKET, at, at, state, 3, 3, 0, ""));
        return project();
    }

    /** An approved entry in date for buckets; {@code members} are more members of its JSON object, or other values for them. */
    public Landscape reviewed(String... members) {
        StringBuilder json = new StringBuilder("""
                {"entries": [{"service-type": "AWS::S3::Bucket", "owner": "storage", "reviewed-by": "A. Reviewer",
                 "reviewed-on": "2026-01-01", "expires-on": "2027-01-01", "approved": true""");
        for (String member : members) {
            json.append(", ").append(member);
        }
        return documented(RegisterReader.read(JsonReader.parse(json + "}]}")).register());
    }

    Landscape documented(Register newRegister) {
        register = newRegister;
        return this;
    }

    /** An approved waiver until the moment, of the strictest terms. */
    public Landscape waived(String id, Waiver.Subject subject, Instant until) {
        return waived(id, subject, until, WaiverTerms.CRITICAL);
    }

    Landscape waived(String id, Waiver.Subject subject, Instant until, WaiverTerms terms) {
        waivers.add(new Waiver(
                id,
                subject,
                "blue",
                "the supplier ends it",
                Waiver.Decision.ACCEPT,
                "reviewed by hand",
                until,
                Waiver.Status.APPROVED,
                "requester",
                NOW.minus(Duration.ofDays(9)),
                Optional.of("approver"),
                Optional.of(NOW.minus(Duration.ofDays(8))),
                2,
                terms,
                "",
                Optional.empty()));
        return this;
    }

    Landscape attested(String id, ControlId control, Optional<String> account, Instant until) {
        attestations.add(new Attestation(
                id,
                BUCKET,
                control,
                account.map(Landscape::account),
                "only our own accounts",
                "ticket 7",
                "attester",
                NOW.minus(Duration.ofDays(30)),
                until,
                false,
                1));
        return this;
    }
}
