package dev.demarc.proof;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Verdict;
import dev.demarc.project.Rebuild;
import dev.demarc.record.CentralStore;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.StoredFinding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the store holds against what really happened. {@code lost}: resources it does not know; {@code stale}: resources whose final facts are
 * not those of the last version; {@code misdated}: the facts are right and the version is not; {@code unprojected}: resources whose findings reflect another state; {@code counters}: by how much all
 * counters together differ from a recount of the truth; {@code findings}: findings that are missing or too many; {@code gaps}: steps of
 * histories that do not join; {@code rebuild}: what the rebuild finds to differ.
 */
record Reckoning(
        long lost, long stale, long misdated, long unprojected, long counters, long findings, long gaps, long rebuild) {
    static final Reckoning EXACT = new Reckoning(0, 0, 0, 0, 0, 0, 0, 0);

    private static final int PAGE = 500;

    static Reckoning of(CentralStore store, World world) {
        long lost = 0;
        long stale = 0;
        long misdated = 0;
        long unprojected = 0;
        long gaps = 0;
        Set<AccountId> accounts = new TreeSet<>();
        world.subjects().forEach(subject -> accounts.add(AccountId.of(subject.id())));
        Map<ResourceId, Observation> observations = new HashMap<>();
        Map<ResourceId, Projected> states = new HashMap<>();
        for (AccountId account : accounts) {
            each(
                    (after, limit) -> store.observations(account, after, limit),
                    Observation::resource,
                    one -> observations.put(one.resource(), one));
            each(
                    (after, limit) -> store.projections(account, after, limit),
                    Projected::resource,
                    one -> states.put(one.resource(), one));
        }
        Map<String, Long> expectedCounters = new HashMap<>();
        Set<String> expectedFindings = new HashSet<>();
        for (Subject subject : world.subjects()) {
            Observation truth = world.truth(subject);
            count(truth, expectedCounters, expectedFindings);
            Optional<Observation> held = Optional.ofNullable(observations.get(subject.id()));
            if (held.isEmpty()) {
                lost++;
            } else if (!held.get().saysTheSameAs(truth)) {
                stale++;
            } else if (!held.get().version().equals(truth.version())) {
                misdated++;
            }
            Optional<Projected> projected = Optional.ofNullable(states.get(subject.id()));
            if (projected.isEmpty() || !projected.get().observation().saysTheSameAs(truth)) {
                unprojected++;
            }
            gaps += projected.map(state -> gaps(store, state)).orElse(0L);
        }
        return new Reckoning(
                lost,
                stale,
                misdated,
                unprojected,
                counterDifference(store, expectedCounters),
                findingDifference(store, expectedFindings),
                gaps,
                new Rebuild(listing(store, accounts))
                        .check(account -> {})
                        .differences()
                        .size());
    }

    /**
     * In the long form with the accounts of the world for those that the store finds by reading its whole table, for which LocalStack takes
     * longer than any client waits. What another account had would show in the counters and findings, which are read of the whole tenant.
     */
    private static CentralStore listing(CentralStore store, Set<AccountId> accounts) {
        return Length.chosen() == Length.SHORT
                ? store
                : Intercepted.store(
                        store, call -> call.name().equals("accounts") ? List.copyOf(accounts) : call.proceed());
    }

    /** Hands every item of an account on, read page by page in the order of resource keys. */
    private static <T> void each(
            BiFunction<String, Integer, List<T>> pages, Function<T, ResourceId> resource, Consumer<T> consumer) {
        List<T> page = pages.apply("", PAGE);
        while (!page.isEmpty()) {
            page.forEach(consumer);
            page = pages.apply(resource.apply(page.getLast()).key(), PAGE);
        }
    }

    /** By hand, from the verdicts alone: shares no code with the projector. */
    private static void count(Observation truth, Map<String, Long> counters, Set<String> findings) {
        for (Map.Entry<ControlId, Verdict> entry : truth.verdicts().entrySet()) {
            String control = entry.getKey().value();
            String word = entry.getValue().word();
            counters.merge(
                    counter(AccountId.of(truth.resource()), truth.serviceType().name(), control, word), 1L, Long::sum);
            if (word.equals("NON_COMPLIANT") || word.equals("UNKNOWN")) {
                findings.add(truth.resource().key() + "|" + control + "=" + word);
            }
        }
    }

    private static String counter(AccountId account, String type, String control, String word) {
        return account.key() + "|" + type + "|" + control + "|" + word;
    }

    private static long counterDifference(CentralStore store, Map<String, Long> expected) {
        Map<String, Long> left = new HashMap<>(expected);
        for (Map.Entry<RollupKey, Long> entry :
                store.rollups(Scope.operator(Scope.MAIN)).entrySet()) {
            RollupKey key = entry.getKey();
            if (isDerivedFromLabels(key.control())) {
                continue;
            }
            String word = key.verdict().equals(Projected.FIXED) ? Projected.COMPLIANT : key.verdict();
            left.merge(
                    counter(
                            key.accountId(),
                            key.serviceType().name(),
                            key.control().value(),
                            word),
                    -entry.getValue(),
                    Long::sum);
        }
        return left.values().stream().mapToLong(Math::abs).sum();
    }

    private static long findingDifference(CentralStore store, Set<String> expected) {
        Set<String> missing = new HashSet<>(expected);
        long tooMany = 0;
        ScopedReads.AgeMark after = ScopedReads.AgeMark.START;
        List<StoredFinding> page;
        do {
            page = store.findingsByAge(Scope.operator(Scope.MAIN), after, PAGE);
            for (StoredFinding finding : page) {
                boolean counts = !finding.verdict().equals(Projected.FIXED) && !isDerivedFromLabels(finding.control());
                if (counts && !missing.remove(finding.id() + "=" + finding.verdict())) {
                    tooMany++;
                }
                after = new ScopedReads.AgeMark(finding.since(), finding.id());
            }
        } while (page.size() == PAGE);
        return missing.size() + tooMany;
    }

    private static boolean isDerivedFromLabels(ControlId control) {
        return control.equals(Projected.LABELLED)
                || control.equals(Projected.RECORDED_TYPE)
                || control.equals(Projected.IN_WORKLOAD);
    }

    /** Each step must begin where the one before ended, and the last must end where the resource is. */
    private static long gaps(CentralStore store, Projected state) {
        Map<ControlId, String> words = new TreeMap<>();
        long gaps = 0;
        for (HistoryEntry entry : store.history(Scope.operator(Scope.MAIN), state.resource(), "", 1000)
                .reversed()) {
            for (HistoryEntry.Change change : entry.changes()) {
                String was = words.getOrDefault(change.control(), HistoryEntry.NONE);
                gaps += Objects.equals(was, change.from()) ? 0 : 1;
                words.put(change.control(), change.to());
            }
        }
        words.values().removeIf(HistoryEntry.NONE::equals);
        return gaps + (words.equals(state.words()) ? 0 : 1);
    }
}
