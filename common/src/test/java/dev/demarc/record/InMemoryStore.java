package dev.demarc.record;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore.Counted;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.ScopedReads.AgeMark;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A central store in memory, for tests. Passes the contract suite like any other. */
public class InMemoryStore implements CentralStore {
    private record Subject(Provider provider, String account, ServiceType serviceType, boolean ended) {}

    private record Paper(String tenant, Kind kind, String id) {}

    private record Revision(Document document, Optional<Instant> expires) {
        boolean isExpiredAt(Instant now) {
            return expires.filter(end -> !end.isAfter(now)).isPresent();
        }
    }

    private final Tenants tenants;
    private final InstantSource clock;
    private final TreeMap<String, Observation> observations = new TreeMap<>();
    private final TreeMap<String, Projected> projected = new TreeMap<>();
    private final Deque<StoreChange> feed = new ArrayDeque<>();
    private final TreeMap<String, StoredFinding> findings = new TreeMap<>();
    private final Map<RollupKey, Long> rollups = new HashMap<>();
    private final Map<String, TreeMap<String, HistoryEntry>> history = new HashMap<>();
    private final Map<Subject, FeedEvidence> feeds = new HashMap<>();
    private final Map<Subject, SweepEvidence> sweeps = new HashMap<>();
    private final Map<String, Poison> poison = new HashMap<>();
    private final Map<Paper, List<Revision>> documents = new HashMap<>();
    private final Map<AccountId, Long> stamps = new HashMap<>();
    private long changes;

    public InMemoryStore() {
        this(Tenants.single());
    }

    public InMemoryStore(Tenants tenants) {
        this(tenants, InstantSource.system());
    }

    /** {@code clock} says when documents expire. */
    public InMemoryStore(Tenants tenants, InstantSource clock) {
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public String tenantOf(AccountId account) {
        return tenants.of(account);
    }

    @Override
    public synchronized Outcome record(Observation observation) {
        Optional<Observation> before = observation(observation.resource());
        if (before.isPresent()) {
            int byVersion = observation.version().compareTo(before.get().version());
            boolean sameFacts = observation.saysTheSameAs(before.get());
            if (byVersion == 0 && sameFacts) {
                return Outcome.UNCHANGED;
            }
            boolean resurrects = observation.isLive() && !before.get().isLive();
            if (byVersion < 0 || (byVersion == 0 && resurrects)) {
                return Outcome.OLDER;
            }
        }
        observations.put(observation.resource().key(), observation);
        feed.add(new ObservationChange(Long.toString(++changes), before, observation));
        return Outcome.RECORDED;
    }

    @Override
    public synchronized Optional<Observation> observation(ResourceId resource) {
        return Optional.ofNullable(observations.get(resource.key()));
    }

    @Override
    public synchronized Optional<Projected> projected(ResourceId resource) {
        return Optional.ofNullable(projected.get(resource.key()));
    }

    @Override
    public synchronized boolean project(Projection projection) {
        if (!projected(projection.resource()).equals(projection.expected())) {
            return false;
        }
        projected.put(projection.resource().key(), projection.now());
        projection.removed().forEach(finding -> findings.remove(finding.id()));
        projection.upserts().forEach(finding -> findings.put(finding.id(), finding));
        projection.deltas().forEach((key, delta) -> rollups.merge(key, delta, Long::sum));
        rollups.values().removeIf(count -> count == 0);
        stamps.merge(AccountId.of(projection.resource()), 1L, Long::sum);
        projection.history().ifPresent(entry -> {
            history.computeIfAbsent(entry.resource().key(), ignored -> new TreeMap<>())
                    .put(entry.id(), entry);
            feed.add(new StoreChange.HistoryAdded(Long.toString(++changes), entry));
        });
        return true;
    }

    @Override
    public long drain(Consumer<StoreChange> consumer) {
        long drained = 0;
        for (StoreChange next = peek(); next != null; next = peek()) {
            consumer.accept(next);
            remove();
            drained++;
        }
        return drained;
    }

    private synchronized @Nullable StoreChange peek() {
        return feed.peek();
    }

    private synchronized void remove() {
        feed.remove();
    }

    @Override
    public synchronized Map<RollupKey, Long> rollups(Scope scope) {
        Map<RollupKey, Long> seen = new HashMap<>(rollups);
        seen.keySet().removeIf(key -> !scope.covers(key.tenant(), key.accountId()));
        return seen;
    }

    @Override
    public synchronized List<StoredFinding> findings(Scope scope, RollupKey bucket, String afterId, int limit) {
        return findings.tailMap(afterId, false).values().stream()
                .filter(one -> scope.covers(one.tenant(), one.account()))
                .filter(one -> one.bucket().equals(bucket))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<StoredFinding> findingsByAge(Scope scope, AgeMark after, int limit) {
        Comparator<StoredFinding> byAge =
                Comparator.comparing(StoredFinding::since).thenComparing(StoredFinding::id);
        return findings.values().stream()
                .filter(one -> scope.covers(one.tenant(), one.account()))
                .filter(one -> one.since().isAfter(after.since())
                        || (one.since().equals(after.since()) && one.id().compareTo(after.id()) > 0))
                .sorted(byAge)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Projected> projected(Scope scope, ResourceId resource) {
        return projected(resource).filter(one -> scope.covers(one.tenant(), AccountId.of(resource)));
    }

    @Override
    public synchronized Optional<Observation> observation(Scope scope, ResourceId resource) {
        AccountId account = AccountId.of(resource);
        return scope.covers(tenantOf(account), account) ? observation(resource) : Optional.empty();
    }

    @Override
    public synchronized List<HistoryEntry> history(Scope scope, ResourceId resource, String beforeId, int limit) {
        TreeMap<String, HistoryEntry> entries = history.getOrDefault(resource.key(), new TreeMap<>());
        Collection<HistoryEntry> before = (beforeId.isEmpty() ? entries : entries.headMap(beforeId, false)).values();
        return new ArrayList<>(before)
                .reversed().stream()
                        .filter(entry -> scope.covers(entry.tenant(), AccountId.of(resource)))
                        .limit(limit)
                        .toList();
    }

    @Override
    public synchronized void putFeedEvidence(FeedEvidence evidence) {
        feeds.merge(
                new Subject(evidence.provider(), evidence.account(), evidence.serviceType(), true),
                evidence,
                (known, now) -> now.lastEventAt().isAfter(known.lastEventAt()) ? now : known);
    }

    @Override
    public synchronized void putSweepEvidence(SweepEvidence evidence) {
        Subject subject =
                new Subject(evidence.provider(), evidence.account(), evidence.serviceType(), evidence.hasEnded());
        SweepEvidence known = sweeps.get(subject);
        if (known != null
                && (evidence.startedAt().isBefore(known.startedAt())
                        || (evidence.startedAt().equals(known.startedAt())
                                && evidence.finishedAt().isBefore(known.finishedAt())))) {
            return;
        }
        sweeps.put(subject, evidence);
        if (evidence.hasEnded()) {
            feed.add(new StoreChange.SweepEnded(Long.toString(++changes), evidence));
        }
    }

    @Override
    public synchronized List<FeedEvidence> feedEvidence(Scope scope) {
        return feeds.values().stream()
                .filter(one -> scope.covers(tenantOf(one.accountId()), one.accountId()))
                .toList();
    }

    @Override
    public synchronized List<SweepEvidence> sweepEvidence(Scope scope) {
        return sweeps.values().stream()
                .filter(one -> scope.covers(tenantOf(one.accountId()), one.accountId()))
                .filter(one -> one.hasEnded() || !hasEndedSince(one))
                .toList();
    }

    /** Whether the generation, or a later one, has ended. */
    private boolean hasEndedSince(SweepEvidence underWay) {
        SweepEvidence ended =
                sweeps.get(new Subject(underWay.provider(), underWay.account(), underWay.serviceType(), true));
        return ended != null && !ended.startedAt().isBefore(underWay.startedAt());
    }

    @Override
    public synchronized Optional<SweepEvidence> completeSweep(
            Provider provider, String account, ServiceType serviceType) {
        return Optional.ofNullable(sweeps.get(new Subject(provider, account, serviceType, true)))
                .filter(SweepEvidence::isComplete);
    }

    @Override
    public synchronized List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType) {
        return observations.values().stream()
                .filter(Observation::isLive)
                .filter(one -> one.resource().provider() == provider)
                .filter(one -> one.resource().account().equals(account))
                .filter(one -> one.serviceType().equals(serviceType))
                .toList();
    }

    @Override
    public synchronized void quarantine(
            Optional<AccountId> account, String source, byte[] content, String reason, Instant now) {
        String digest;
        try {
            digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        Poison entry = new Poison(account, source, digest, reason, content.length, now, now, 1);
        poison.merge(
                account + "|" + source + "|" + digest,
                entry,
                (known, again) -> new Poison(
                        account,
                        source,
                        digest,
                        reason,
                        content.length,
                        known.firstSeen(),
                        again.lastSeen().isAfter(known.lastSeen()) ? again.lastSeen() : known.lastSeen(),
                        known.deliveries() + 1));
    }

    @Override
    public synchronized List<Poison> poison(Scope scope, int limit) {
        return poison.values().stream()
                .filter(one -> one.account()
                        .map(account -> scope.covers(tenantOf(account), account))
                        .orElse(scope.isWhole() && scope.tenant().equals(Scope.MAIN)))
                .sorted(Comparator.comparing(Poison::lastSeen).reversed().thenComparing(Poison::digest))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Document> document(Scope scope, Kind kind, String id) {
        return newest(new Paper(scope.tenant(), kind, id)).map(Revision::document);
    }

    /** The newest revision, unless it has expired. */
    private Optional<Revision> newest(Paper paper) {
        return Optional.ofNullable(documents.get(paper))
                .map(List::getLast)
                .filter(revision -> !revision.isExpiredAt(clock.instant()));
    }

    @Override
    public synchronized List<Document> documents(Scope scope, Kind kind, String afterId, int limit) {
        return documents.keySet().stream()
                .filter(paper -> paper.tenant().equals(scope.tenant()) && paper.kind() == kind)
                .filter(paper -> paper.id().compareTo(afterId) > 0)
                .flatMap(paper -> newest(paper).stream())
                .map(Revision::document)
                .sorted(Comparator.comparing(Document::id))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Document> revisions(Scope scope, Kind kind, String id) {
        return documents.getOrDefault(new Paper(scope.tenant(), kind, id), List.of()).reversed().stream()
                .map(Revision::document)
                .toList();
    }

    @Override
    public synchronized boolean write(Scope scope, Write write) {
        Paper paper = new Paper(scope.tenant(), write.kind(), write.id());
        Optional<Revision> newest = newest(paper);
        if (newest.map(one -> one.document().revision()).orElse(0L) != write.expected()) {
            return false;
        }
        if (newest.isEmpty()) {
            documents.put(paper, new ArrayList<>());
        }
        Document document = new Document(write.id(), write.expected() + 1, write.at(), write.by(), write.body());
        documents.getOrDefault(paper, List.of()).add(new Revision(document, write.expires()));
        return true;
    }

    @Override
    public synchronized List<AccountId> accounts() {
        TreeSet<AccountId> all = new TreeSet<>();
        Stream.concat(
                        observations.values().stream().map(Observation::resource),
                        projected.values().stream().map(Projected::resource))
                .forEach(resource -> all.add(AccountId.of(resource)));
        rollups.keySet().forEach(key -> all.add(key.accountId()));
        return List.copyOf(all);
    }

    @Override
    public synchronized List<Observation> observations(AccountId account, String afterKey, int limit) {
        return observations.tailMap(afterKey, false).values().stream()
                .filter(one -> AccountId.of(one.resource()).equals(account))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Projected> projections(AccountId account, String afterKey, int limit) {
        return projected.tailMap(afterKey, false).values().stream()
                .filter(one -> AccountId.of(one.resource()).equals(account))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<StoredFinding> findingsOf(AccountId account, String afterId, int limit) {
        return findings.tailMap(afterId, false).values().stream()
                .filter(one -> one.account().equals(account))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Counted countersOf(AccountId account) {
        Map<RollupKey, Long> counters = new HashMap<>(rollups);
        counters.keySet().removeIf(key -> !key.accountId().equals(account));
        return new Counted(counters, Long.toString(stamps.getOrDefault(account, 0L)));
    }

    @Override
    public synchronized boolean repair(
            AccountId account,
            String stamp,
            List<StoredFinding> strayFindings,
            List<StoredFinding> missingFindings,
            Map<RollupKey, Long> counters) {
        if (!countersOf(account).stamp().equals(stamp)) {
            return false;
        }
        strayFindings.forEach(finding -> findings.remove(finding.id()));
        missingFindings.forEach(finding -> findings.put(finding.id(), finding));
        rollups.keySet().removeIf(key -> key.accountId().equals(account));
        rollups.putAll(counters);
        stamps.merge(account, 1L, Long::sum);
        return true;
    }
}
