package dev.demarc.aws;

import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore;
import dev.demarc.record.ObservationChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A central store that holds nothing and refuses writes. */
final class EmptyCentralStore implements CentralStore {
    @Override
    public Outcome record(Observation observation) {
        throw readOnly();
    }

    @Override
    public Optional<Observation> observation(ResourceId resource) {
        return Optional.empty();
    }

    @Override
    public void putFeedEvidence(FeedEvidence evidence) {
        throw readOnly();
    }

    @Override
    public void putSweepEvidence(SweepEvidence evidence) {
        throw readOnly();
    }

    @Override
    public Optional<Observation> projected(ResourceId resource) {
        return Optional.empty();
    }

    @Override
    public boolean project(Optional<Observation> expected, Observation now, Projection projection) {
        throw readOnly();
    }

    @Override
    public long drain(Consumer<ObservationChange> consumer) {
        return 0;
    }

    @Override
    public List<StoredFinding> findings(String afterId, int limit) {
        return List.of();
    }

    @Override
    public List<StoredFinding> findingsOf(ResourceId resource) {
        return List.of();
    }

    @Override
    public Map<RollupKey, Long> rollups() {
        return Map.of();
    }

    @Override
    public List<FeedEvidence> feedEvidence() {
        return List.of();
    }

    @Override
    public List<SweepEvidence> sweepEvidence() {
        return List.of();
    }

    @Override
    public List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType) {
        return List.of();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("the API only reads");
    }
}
