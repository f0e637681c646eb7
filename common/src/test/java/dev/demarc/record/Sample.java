package dev.demarc.record;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Accounts, resources and facts that the contract's tests speak of. */
public final class Sample {
    public static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    public static final ServiceType QUEUE = new ServiceType("AWS::Timestream::Database");
    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    public static final ControlId ENCRYPTION = new ControlId("DAT-01");
    /** A resource that fails this one is exposed. */
    public static final ControlId NETWORK = new ControlId("NET-02");

    public static final AccountId ACCOUNT = new AccountId(Provider.AWS, "111122223333");
    /** Of the same tenant; its id begins with the id of the other. */
    public static final AccountId NEIGHBOUR = new AccountId(Provider.AWS, "1111222233334");
    /** Of another tenant. */
    public static final AccountId FOREIGN = new AccountId(Provider.AWS, "999988887777");

    public static final String OTHER = "other";
    public static final Tenants TENANTS = Tenants.of(Map.of(FOREIGN, OTHER), Scope.MAIN);
    public static final Scope WHOLE = Scope.operator(Scope.MAIN);

    public static final Labels LABELS = new Labels(
            Optional.of(Labels.Level.HIGH),
            Optional.of(Labels.Level.LOW),
            Optional.of("team \"blue\" ✓"),
            Optional.of("shop"));
    public static final Verdict PASS = new Verdict.Compliant(List.of("encryption.at-rest", "encryption.key"));
    public static final Verdict FAIL = new Verdict.NonCompliant("encryption is off");
    public static final Verdict DOUBT = new Verdict.Unknown("encryption.at-rest is missing");

    public static final Verdict AWAY = new Verdict.NotApplicable("it has no disk");

    private Sample() {}

    public static ResourceId bucket(String name) {
        return bucket(ACCOUNT, name);
    }

    public static ResourceId bucket(AccountId account, String name) {
        return new ResourceId(account.provider(), account.account(), "eu-west-1", BUCKET.name(), name);
    }

    public static Version version(int second) {
        return new Version(NOON.plusSeconds(second), 0);
    }

    public static Observation passing(String name, int second) {
        return observed(bucket(name), second, Map.of(ENCRYPTION, PASS));
    }

    public static Observation failing(String name, int second) {
        return observed(bucket(name), second, Map.of(ENCRYPTION, FAIL));
    }

    public static Observation gone(String name, int second) {
        return Observation.tombstone(bucket(name), BUCKET, version(second));
    }

    public static Observation observed(ResourceId resource, int second, Map<ControlId, Verdict> verdicts) {
        return observed(resource, version(second), "rev-1", LABELS, verdicts);
    }

    public static Observation observed(
            ResourceId resource, Version version, String revision, Labels labels, Map<ControlId, Verdict> verdicts) {
        return new Observation(
                resource, BUCKET, version, Observation.State.LIVE, revision, labels, new TreeMap<>(verdicts));
    }

    /** The state after the first observation of a resource. */
    public static Projected first(Observation now) {
        return next(Optional.empty(), now);
    }

    /** The state after {@code now}, with no fix confirmed. */
    public static Projected next(Optional<Projected> before, Observation now) {
        return Projected.advance(before, now, TENANTS.of(AccountId.of(now.resource())), ignored -> false);
    }

    public static Projection step(Optional<Projected> before, Projected now) {
        return Projection.between(before, now, Optional.empty());
    }

    public static SweepEvidence sweep(
            AccountId account, ServiceType type, Instant startedAt, SweepEvidence.State state) {
        return new SweepEvidence(
                account.provider(),
                account.account(),
                type,
                startedAt,
                startedAt.plusSeconds(30),
                state,
                12,
                11,
                1,
                "one resource could not be read");
    }

    public static FeedEvidence feed(AccountId account, ServiceType type, Instant lastEventAt) {
        return new FeedEvidence(account.provider(), account.account(), type, lastEventAt);
    }
}
