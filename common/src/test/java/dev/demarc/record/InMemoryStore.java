package dev.demarc.record;

import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A central store in memory, for tests. Passes the contract suite like any other. */
public class InMemoryStore implements CentralStore {
    private record Subject(Provider provider, String account, ServiceType serviceType) {}

    private final Map<ResourceId, Observation> observations = new HashMap<>();
    private final Map<ResourceId, Observation> projected = new HashMap<>();
    private final Deque<ObservationChange> feed = new ArrayDeque<>();
    private final TreeMap<String, StoredFinding> findings = new TreeMap<>();
    private final Map<RollupKey, Long> rollups = new HashMap<>();
    private final Map<Subject, FeedEvidence> feeds = new HashMap<>();
    private final Map<Subject, SweepEvidence> sweeps = new HashMap<>();
    private long changes;

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
        observations.put(observation.resource(), observation);
        feed.add(new ObservationChange(Long.toString(++changes), before, observation));
        return Outcome.RECORDED;
    }

    @Override
    public synchronized Optional<Observation> observation(ResourceId resource) {
        return Optional.ofNullable(observations.get(resource));
    }

    @Override
    public synchronized Optional<Observation> projected(ResourceId resource) {
        return Optional.ofNullable(projected.get(resource));
    }

    @Override
    public synchronized boolean project(Optional<Observation> expected, Observation now, Projection projection) {
        if (!projected(now.resource()).equals(expected)) {
            return false;
        }
        projected.put(now.resource(), now);
        projection.upserts().forEach(finding -> findings.put(finding.id(), finding));
        projection.closedFindings().forEach(findings::remove);
        projection.deltas().forEach((key, delta) -> rollups.merge(key, delta, Long::sum));
        rollups.values().removeIf(count -> count == 0);
        return true;
    }

    @Override
    public synchronized long drain(Consumer<ObservationChange> consumer) {
        long drained = 0;
        for (ObservationChange next = feed.peek(); next != null; next = feed.peek()) {
            consumer.accept(next);
            feed.remove();
            drained++;
        }
        return drained;
    }

    @Override
    public synchronized List<StoredFinding> findings(String afterId, int limit) {
        return findings.tailMap(afterId, false).values().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<StoredFinding> findingsOf(ResourceId resource) {
        return findings.values().stream()
                .filter(finding -> finding.resource().equals(resource))
                .toList();
    }

    @Override
    public synchronized Map<RollupKey, Long> rollups() {
        return Map.copyOf(rollups);
    }

    @Override
    public synchronized void putFeedEvidence(FeedEvidence evidence) {
        feeds.merge(
                new Subject(evidence.provider(), evidence.account(), evidence.serviceType()),
                evidence,
                (known, now) -> now.lastEventAt().isAfter(known.lastEventAt()) ? now : known);
    }

    @Override
    public synchronized void putSweepEvidence(SweepEvidence evidence) {
        sweeps.merge(
                new Subject(evidence.provider(), evidence.account(), evidence.serviceType()),
                evidence,
                (known, now) -> now.finishedAt().isBefore(known.finishedAt()) ? known : now);
    }

    @Override
    public synchronized List<FeedEvidence> feedEvidence() {
        return new ArrayList<>(feeds.values());
    }

    @Override
    public synchronized List<SweepEvidence> sweepEvidence() {
        return new ArrayList<>(sweeps.values());
    }

    @Override
    public synchronized List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType) {
        return observations.values().stream()
                .filter(Observation::isLive)
                .filter(one -> one.resource().provider() == provider)
                .filter(one -> one.resource().account().equals(account))
                .filter(one -> one.resource().type().equals(serviceType.name()))
                .toList();
    }
}
