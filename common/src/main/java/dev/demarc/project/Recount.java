package dev.demarc.project;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.project.Rebuild.Difference;
import dev.demarc.project.Rebuild.Kind;
import dev.demarc.project.Rebuild.Report;
import dev.demarc.record.CentralStore;
import dev.demarc.record.CentralStore.Counted;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One account read whole: what follows from its observations beside what is stored. */
final class Recount {
    private static final int PAGE = 500;
    // A store may read all findings of an account for each page.
    private static final int PAGE_OF_FINDINGS = 20_000;

    private final AccountId account;
    private final String stamp;
    private final boolean steady;
    private final long observations;
    private final List<Observation> unprojected = new ArrayList<>();
    private final List<Projected> orphans = new ArrayList<>();
    private final List<StoredFinding> missing = new ArrayList<>();
    private final List<StoredFinding> stray = new ArrayList<>();
    private final Map<String, StoredFinding> expected = new LinkedHashMap<>();
    private final Map<RollupKey, Long> expectedCounters = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();

    private Recount(CentralStore store, AccountId account) {
        this.account = account;
        Counted counted = store.countersOf(account);
        this.stamp = counted.stamp();
        this.observations = readStates(store);
        compareFindings(store);
        compareCounters(counted.counters());
        this.steady = store.countersOf(account).stamp().equals(stamp);
        if (!steady) {
            differences.clear();
            differences.add(new Difference(account, Kind.MOVING, account.key()));
        }
    }

    static Recount of(CentralStore store, AccountId account) {
        return new Recount(store, account);
    }

    /** Observations and projected states side by side, both in the order of resource keys. */
    private long readStates(CentralStore store) {
        String tenant = store.tenantOf(account);
        TreeMap<String, Observation> seen = all(
                (after, limit) -> store.observations(account, after, limit),
                observation -> observation.resource().key());
        TreeMap<String, Projected> states = all(
                (after, limit) -> store.projections(account, after, limit),
                state -> state.resource().key());
        TreeSet<String> keys = new TreeSet<>(seen.keySet());
        keys.addAll(states.keySet());
        for (String key : keys) {
            Optional<Observation> now = Optional.ofNullable(seen.get(key));
            Optional<Projected> state = Optional.ofNullable(states.get(key));
            now.ifPresentOrElse(
                    observation -> observed(tenant, observation, state),
                    () -> state.ifPresent(this::withoutObservation));
        }
        return seen.size();
    }

    private void observed(String tenant, Observation now, Optional<Projected> state) {
        if (state.isEmpty() || state.get().isSupersededBy(now, tenant)) {
            unprojected.add(now);
            differences.add(
                    new Difference(account, Kind.NOT_PROJECTED, now.resource().key()));
            expect(Projected.advance(state, now, tenant, ignored -> false));
            return;
        }
        // Derived again from the observation, with "since when" from the state: what does not follow shows as a
        // difference. An account that put an older observation in the place of a newer one is not followed.
        Observation basis =
                now.saysTheSameAs(state.get().observation()) ? now : state.get().observation();
        expect(Projected.advance(state, basis, tenant, ignored -> false));
    }

    private void withoutObservation(Projected state) {
        if (state.observation().isLive()) {
            orphans.add(state);
            differences.add(new Difference(
                    account, Kind.NO_OBSERVATION, state.resource().key()));
        }
    }

    private void expect(Projected state) {
        state.findings().forEach(finding -> expected.put(finding.id(), finding));
        state.counters().forEach((key, count) -> expectedCounters.merge(key, count, Long::sum));
    }

    private void compareFindings(CentralStore store) {
        Map<String, StoredFinding> open = new LinkedHashMap<>(expected);
        String after = "";
        List<StoredFinding> page = store.findingsOf(account, after, PAGE_OF_FINDINGS);
        while (!page.isEmpty()) {
            for (StoredFinding finding : page) {
                if (finding.equals(open.get(finding.id()))) {
                    open.remove(finding.id());
                } else {
                    stray.add(finding);
                    differences.add(new Difference(account, Kind.FINDING_STRAY, finding.id()));
                }
            }
            after = page.getLast().id();
            page = page.size() < PAGE_OF_FINDINGS ? List.of() : store.findingsOf(account, after, PAGE_OF_FINDINGS);
        }
        missing.addAll(open.values());
        missing.forEach(finding -> differences.add(new Difference(account, Kind.FINDING_MISSING, finding.id())));
    }

    private void compareCounters(Map<RollupKey, Long> stored) {
        Map<RollupKey, Long> off = new HashMap<>(expectedCounters);
        stored.forEach((key, count) -> off.merge(key, -count, Long::sum));
        off.forEach((key, by) -> {
            if (by != 0) {
                differences.add(new Difference(
                        account,
                        Kind.COUNTER,
                        key.serviceType() + " " + key.control() + " " + key.verdict() + " is off by " + -by));
            }
        });
    }

    private static <T> TreeMap<String, T> all(BiFunction<String, Integer, List<T>> pages, Function<T, String> key) {
        TreeMap<String, T> all = new TreeMap<>();
        String after = "";
        List<T> page = pages.apply(after, PAGE);
        while (!page.isEmpty()) {
            page.forEach(one -> all.put(key.apply(one), one));
            after = key.apply(page.getLast());
            page = pages.apply(after, PAGE);
        }
        return all;
    }

    Report report() {
        return new Report(1, observations, expected.size(), expectedCounters.size(), differences);
    }

    boolean isSteady() {
        return steady;
    }

    String stamp() {
        return stamp;
    }

    List<Observation> unprojected() {
        return unprojected;
    }

    List<Projected> orphans() {
        return orphans;
    }

    List<StoredFinding> missing() {
        return missing;
    }

    List<StoredFinding> stray() {
        return stray;
    }

    Map<RollupKey, Long> expectedCounters() {
        return Map.copyOf(expectedCounters);
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }
}
