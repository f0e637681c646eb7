package dev.demarc.project;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Verdict;
import dev.demarc.record.CentralStore;
import dev.demarc.record.CentralStore.Projection;
import dev.demarc.record.CentralStore.RollupKey;
import dev.demarc.record.CentralStore.StoredFinding;
import dev.demarc.record.ObservationChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the stream of observation changes to findings and counters. The only writer of both. Deltas are taken against what was projected
 * before, never against what the message claims, so a change that is replayed, repeated or late changes nothing.
 */
public final class Projector {
    /** Counts the labelled and unlabelled resources; judged against the register when it is read. */
    public static final ControlId LABELLED = new ControlId("MCC-04");
    /** Counts the live resources of types that the catalogue does not know. */
    public static final ControlId RECORDED_TYPE = new ControlId("MCC-01");

    public static final String UNCATALOGUED = "UNCATALOGUED";
    private static final int TRIES = 20;

    private final CentralStore store;

    public Projector(CentralStore store) {
        this.store = store;
    }

    /** Applies the change when it is newer than what is projected. Safe to repeat. */
    public void apply(ObservationChange change) {
        ResourceId resource = change.after().resource();
        for (int i = 0; i < TRIES; i++) {
            // The change says that there is news, the store says what it is: a late or repeated change finds nothing
            // left to do.
            Observation now = store.observation(resource).orElse(change.after());
            Optional<Observation> before = store.projected(resource);
            if (before.isPresent() && !supersedes(now, before.get())) {
                return;
            }
            if (store.project(before, now, projection(before, now))) {
                return;
            }
        }
        // Another projector kept winning: the platform hands the change out again.
        throw new IllegalStateException(
                "the projection of " + resource + " was overtaken " + TRIES + " times; try again");
    }

    private static boolean supersedes(Observation now, Observation before) {
        int byVersion = now.version().compareTo(before.version());
        if (byVersion != 0) {
            return byVersion > 0;
        }
        boolean resurrects = now.isLive() && !before.isLive();
        return !resurrects && !now.saysTheSameAs(before);
    }

    private Projection projection(Optional<Observation> before, Observation now) {
        Map<String, StoredFinding> open = new HashMap<>();
        store.findingsOf(now.resource()).forEach(finding -> open.put(finding.id(), finding));
        List<StoredFinding> upserts = new ArrayList<>();
        findings(now, open).forEach(finding -> {
            StoredFinding known = open.remove(finding.id());
            if (!finding.equals(known)) {
                upserts.add(finding);
            }
        });
        Map<RollupKey, Long> deltas = new HashMap<>();
        before.ifPresent(old -> count(old, -1, deltas));
        count(now, 1, deltas);
        deltas.values().removeIf(delta -> delta == 0);
        return new Projection(
                now.resource(),
                now.version(),
                now.catalogueRevision(),
                upserts,
                open.keySet().stream().sorted().toList(),
                deltas);
    }

    private static List<StoredFinding> findings(Observation now, Map<String, StoredFinding> open) {
        List<StoredFinding> findings = new ArrayList<>();
        if (!now.isLive()) {
            return findings;
        }
        now.verdicts().forEach((control, verdict) -> {
            boolean failed = verdict instanceof Verdict.NonCompliant || verdict instanceof Verdict.Unknown;
            if (failed) {
                findings.add(finding(now, control, verdict.word(), verdict.reason(), open));
            }
        });
        if (!isLabelled(now.labels())) {
            findings.add(finding(now, LABELLED, "NON_COMPLIANT", missingLabels(now.labels()), open));
        }
        return findings;
    }

    private static StoredFinding finding(
            Observation now, ControlId control, String verdict, String reason, Map<String, StoredFinding> open) {
        StoredFinding known = open.get(now.resource().key() + "|" + control.value());
        Instant since = known == null ? now.version().observedAt() : known.since();
        return new StoredFinding(
                now.resource(), now.serviceType(), control, verdict, reason, now.version(), since, now.labels());
    }

    private static void count(Observation observation, long by, Map<RollupKey, Long> deltas) {
        if (!observation.isLive()) {
            return;
        }
        if (!observation.isCatalogued()) {
            deltas.merge(key(observation, RECORDED_TYPE, UNCATALOGUED), by, Long::sum);
        }
        observation
                .verdicts()
                .forEach((control, verdict) -> deltas.merge(key(observation, control, verdict.word()), by, Long::sum));
        String labelled = isLabelled(observation.labels()) ? "COMPLIANT" : "NON_COMPLIANT";
        deltas.merge(key(observation, LABELLED, labelled), by, Long::sum);
    }

    private static RollupKey key(Observation observation, ControlId control, String verdict) {
        ResourceId id = observation.resource();
        return new RollupKey(id.provider(), id.account(), observation.serviceType(), control.value(), verdict);
    }

    private static boolean isLabelled(Labels labels) {
        return labels.sensitivity().isPresent() && labels.criticality().isPresent();
    }

    private static String missingLabels(Labels labels) {
        if (labels.sensitivity().isEmpty() && labels.criticality().isEmpty()) {
            return "no tag states data sensitivity or business criticality";
        }
        return labels.sensitivity().isEmpty() ? "no tag states data sensitivity" : "no tag states business criticality";
    }
}
