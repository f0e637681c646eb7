package dev.demarc.record;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What findings and counters reflect of one resource: the observation they were made from and, for each control with a finding, since when;
 * of a control that failed and does not apply now, that it did. Findings and counters are functions of this value, so that a replay, a
 * rebuild and a check all come to the same. {@code step} counts the steps of the resource, from 1.
 */
public record Projected(String tenant, Observation observation, SortedMap<ControlId, Mark> marks, long step) {
    public static final String COMPLIANT = "COMPLIANT";
    public static final String NON_COMPLIANT = "NON_COMPLIANT";
    public static final String UNKNOWN = "UNKNOWN";
    public static final String NOT_APPLICABLE = "NOT_APPLICABLE";
    /** Compliant since a fix that no sweep has confirmed yet. */
    public static final String FIXED = "FIXED";
    /** The catalogue has no entry for the type. */
    public static final String UNCATALOGUED = "UNCATALOGUED";

    /** Whether the resource states its sensitivity and criticality; judged against the register when it is read. */
    public static final ControlId LABELLED = new ControlId("MCC-04");
    /** Counts the live resources of each workload: service types of one workload come and go when it changes its tier. */
    public static final ControlId IN_WORKLOAD = new ControlId("MCC-07");
    /** Counts the live resources of types that the catalogue does not know. */
    public static final ControlId RECORDED_TYPE = new ControlId("MCC-01");

    // A resource that fails one of these is within reach of everyone, or of every network.
    private static final Set<String> EXPOSING = Set.of("IDN-03", "IDN-07", "NET-01", "NET-02");

    /**
     * Of a control with a finding: since when, and the version of the resource at which the finding last changed. With the verdict
     * {@link #NOT_APPLICABLE} it has no finding, and says that the control failed when it last applied and that no evidence has shown it
     * to comply since.
     */
    public record Mark(String verdict, Instant since, Version changed) {
        boolean hasFinding() {
            return RollupKey.hasFindings(verdict);
        }
    }

    public Projected {
        marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
    }

    public ResourceId resource() {
        return observation.resource();
    }

    /**
     * Whether the observation brings news. What says nothing new is not projected again: that it has a newer version stands in the
     * observation itself.
     */
    public boolean isSupersededBy(Observation now, String nowTenant) {
        int byVersion = now.version().compareTo(observation.version());
        boolean resurrects = now.isLive() && !observation.isLive();
        if (byVersion < 0 || (byVersion == 0 && resurrects)) {
            return false;
        }
        return !now.saysTheSameAs(observation) || !tenant.equals(nowTenant);
    }

    /**
     * The state after {@code now}. A control that complies after it failed is {@link #FIXED} until evidence newer than the fix exists, also
     * when in between it could not be judged or did not apply; {@code confirmed} says of a fix time whether there is such evidence.
     */
    public static Projected advance(
            Optional<Projected> before, Observation now, String tenant, Predicate<Instant> confirmed) {
        return advance(before, now, tenant, confirmed, now.version().observedAt());
    }

    /**
     * As the other one. A resource that was judged anew at the version that it had (another companion, a new catalogue revision) does not say
     * when it was fixed: then the fix counts from {@code projectedAt}, which is certainly not before it.
     */
    public static Projected advance(
            Optional<Projected> before,
            Observation now,
            String tenant,
            Predicate<Instant> confirmed,
            Instant projectedAt) {
        Instant versionTime = now.version().observedAt();
        boolean sameVersion = before.filter(was -> was.observation.version().equals(now.version()))
                .isPresent();
        Instant changedAt = sameVersion && projectedAt.isAfter(versionTime) ? projectedAt : versionTime;
        SortedMap<ControlId, Mark> marks = new TreeMap<>();
        judged(now).forEach((control, verdict) -> {
            Optional<Mark> known = before.flatMap(was -> Optional.ofNullable(was.marks.get(control)));
            mark(before, known, now, control, verdict, confirmed, changedAt)
                    .ifPresent(mark -> marks.put(control, mark));
        });
        return new Projected(tenant, now, marks, before.map(Projected::step).orElse(0L) + 1);
    }

    private static Optional<Mark> mark(
            Optional<Projected> before,
            Optional<Mark> known,
            Observation now,
            ControlId control,
            Verdict verdict,
            Predicate<Instant> confirmed,
            Instant changedAt) {
        return switch (verdict) {
            case Verdict.NotApplicable ignored -> known.map(mark -> remembered(mark, now));
            case Verdict.Compliant ignored -> {
                if (known.isEmpty()) {
                    yield Optional.empty();
                }
                boolean alreadyFixed = known.get().verdict().equals(FIXED);
                Instant fixedAt = alreadyFixed ? known.get().since() : changedAt;
                if (confirmed.test(fixedAt)) {
                    yield Optional.empty();
                }
                boolean same = alreadyFixed && looksTheSame(before, now, control);
                yield Optional.of(new Mark(FIXED, fixedAt, same ? known.get().changed() : now.version()));
            }
            case Verdict.NonCompliant ignored -> Optional.of(failing(before, known, now, control, verdict));
            case Verdict.Unknown ignored -> Optional.of(failing(before, known, now, control, verdict));
        };
    }

    /** That the control failed, for as long as it does not apply. */
    private static Mark remembered(Mark known, Observation now) {
        return known.hasFinding() ? new Mark(NOT_APPLICABLE, now.version().observedAt(), now.version()) : known;
    }

    private static Mark failing(
            Optional<Projected> before, Optional<Mark> known, Observation now, ControlId control, Verdict verdict) {
        boolean wasFailing = known.filter(
                        mark -> mark.hasFinding() && !mark.verdict().equals(FIXED))
                .isPresent();
        boolean same = wasFailing && known.get().verdict().equals(verdict.word()) && looksTheSame(before, now, control);
        return new Mark(
                verdict.word(),
                wasFailing ? known.get().since() : now.version().observedAt(),
                same ? known.get().changed() : now.version());
    }

    /** Same verdict, reason, labels, type and exposure: what the finding shows. */
    private static boolean looksTheSame(Optional<Projected> before, Observation now, ControlId control) {
        return before.map(Projected::observation)
                .filter(was -> was.labels().equals(now.labels())
                        && was.serviceType().equals(now.serviceType())
                        && isExposed(was) == isExposed(now)
                        && Optional.ofNullable(judged(was).get(control))
                                .equals(Optional.ofNullable(judged(now).get(control))))
                .isPresent();
    }

    /** Without the fixes that the evidence confirms. */
    public Projected confirm(Predicate<Instant> confirmed) {
        SortedMap<ControlId, Mark> left = new TreeMap<>(marks);
        left.values().removeIf(mark -> mark.verdict().equals(FIXED) && confirmed.test(mark.since()));
        return left.equals(marks) ? this : new Projected(tenant, observation, left, step + 1);
    }

    /** The findings that a store holds for this state, in the order of controls. */
    public List<StoredFinding> findings() {
        SortedMap<ControlId, Verdict> judged = judged(observation);
        boolean exposed = isExposed(observation);
        List<StoredFinding> findings = new ArrayList<>();
        marks.forEach((control, mark) -> {
            if (mark.hasFinding()) {
                findings.add(new StoredFinding(
                        tenant,
                        resource(),
                        observation.serviceType(),
                        control,
                        mark.verdict(),
                        Optional.ofNullable(judged.get(control))
                                .map(Verdict::reason)
                                .orElse(""),
                        mark.changed(),
                        mark.since(),
                        observation.labels(),
                        exposed));
            }
        });
        return findings;
    }

    /** What this resource adds to the counters: one for each of its controls, and one for its workload. */
    public Map<RollupKey, Long> counters() {
        Map<RollupKey, Long> counters = new HashMap<>();
        words().forEach((control, word) -> counters.merge(counter(control, word), 1L, Long::sum));
        if (observation.isLive() && !observation.isCatalogued()) {
            counters.merge(counter(RECORDED_TYPE, UNCATALOGUED), 1L, Long::sum);
        }
        if (observation.isLive()) {
            observation
                    .labels()
                    .workload()
                    .ifPresent(name -> counters.merge(counter(IN_WORKLOAD, RollupKey.inWorkload(name)), 1L, Long::sum));
        }
        return counters;
    }

    /** The word of each control: its verdict, or {@link #FIXED}. */
    public SortedMap<ControlId, String> words() {
        SortedMap<ControlId, String> words = new TreeMap<>();
        judged(observation)
                .forEach((control, verdict) -> words.put(
                        control,
                        Optional.ofNullable(marks.get(control))
                                .map(Mark::verdict)
                                .orElse(verdict.word())));
        return words;
    }

    private RollupKey counter(ControlId control, String word) {
        boolean sliced = RollupKey.hasFindings(word);
        Labels labels = sliced ? observation.labels() : Labels.NONE;
        return new RollupKey(
                tenant,
                resource().provider(),
                resource().account(),
                observation.serviceType(),
                control,
                word,
                labels.sensitivity(),
                labels.criticality(),
                sliced && isExposed(observation));
    }

    /** The verdicts of a live resource with the one on its labels; none of a tombstone. */
    private static SortedMap<ControlId, Verdict> judged(Observation observation) {
        SortedMap<ControlId, Verdict> judged = new TreeMap<>();
        if (observation.isLive()) {
            judged.putAll(observation.verdicts());
            judged.put(LABELLED, labelled(observation.labels()));
        }
        return judged;
    }

    private static Verdict labelled(Labels labels) {
        if (labels.sensitivity().isPresent() && labels.criticality().isPresent()) {
            return new Verdict.Compliant(List.of("tags"));
        }
        if (labels.sensitivity().isEmpty() && labels.criticality().isEmpty()) {
            return new Verdict.NonCompliant("no tag states data sensitivity or business criticality");
        }
        return new Verdict.NonCompliant(
                labels.sensitivity().isEmpty()
                        ? "no tag states data sensitivity"
                        : "no tag states business criticality");
    }

    private static boolean isExposed(Observation observation) {
        return observation.verdicts().entrySet().stream()
                .anyMatch(one ->
                        EXPOSING.contains(one.getKey().value()) && one.getValue() instanceof Verdict.NonCompliant);
    }
}
