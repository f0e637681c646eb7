package dev.demarc.project;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Verdict;
import dev.demarc.record.CentralStore;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Sample;
import dev.demarc.record.Scope;
import dev.demarc.record.StoredFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts again, from observations and marks alone, what a store should hold, and says what differs. */
final class Exactness {
    private static final int MANY = 10_000;

    private final CentralStore store;
    private final Map<RollupKey, Long> counters = new HashMap<>();
    private final TreeMap<String, StoredFinding> findings = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    private Exactness(CentralStore store) {
        this.store = store;
    }

    /** What the projector should have made otherwise; empty when findings and counters are exact. */
    static List<String> differences(CentralStore store) {
        Exactness exactness = new Exactness(store);
        exactness.compare();
        return exactness.differences;
    }

    private void compare() {
        for (AccountId account : store.accounts()) {
            Map<ResourceId, Projected> states = new HashMap<>();
            store.projections(account, "", MANY).forEach(state -> states.put(state.resource(), state));
            for (Observation observation : store.observations(account, "", MANY)) {
                Projected state = states.get(observation.resource());
                if (state == null || !state.observation().saysTheSameAs(observation)) {
                    differences.add(observation.resource() + " is not projected");
                } else {
                    count(observation, state);
                }
            }
            compare(account);
        }
    }

    private void count(Observation observation, Projected state) {
        Map<ControlId, String> words = new HashMap<>();
        boolean exposed = observation.verdicts().entrySet().stream()
                .anyMatch(one -> one.getKey().equals(Sample.NETWORK) && one.getValue() instanceof Verdict.NonCompliant);
        observation.verdicts().forEach((control, verdict) -> words.put(control, verdict.word()));
        Labels labels = observation.labels();
        if (observation.isLive()) {
            labels.workload()
                    .ifPresent(name ->
                            count(observation, new ControlId("MCC-07"), "WORKLOAD " + name, null, labels, false));
            boolean labelled =
                    labels.sensitivity().isPresent() && labels.criticality().isPresent();
            words.put(Projected.LABELLED, labelled ? Projected.COMPLIANT : Projected.NON_COMPLIANT);
        }
        words.forEach((control, word) -> {
            Projected.Mark mark = state.marks().get(control);
            boolean fixed = mark != null && mark.verdict().equals(Projected.FIXED);
            boolean failing = word.equals(Projected.NON_COMPLIANT) || word.equals(Projected.UNKNOWN);
            if (mark == null ? failing : !mark.verdict().equals(word) && !(fixed && word.equals(Projected.COMPLIANT))) {
                differences.add(observation.resource() + " " + control + " is " + word + " and marked " + mark);
            }
            // What does not apply has no finding; that it once failed is a mark for later.
            Projected.Mark shown = word.equals(Projected.NOT_APPLICABLE) ? null : mark;
            count(observation, control, fixed ? Projected.FIXED : word, shown, labels, exposed);
        });
        if (!words.keySet().containsAll(state.marks().keySet())) {
            differences.add(observation.resource() + " has marks of controls that it has not");
        }
    }

    private void count(
            Observation observation,
            ControlId control,
            String word,
            Projected.@Nullable Mark mark,
            Labels labels,
            boolean exposed) {
        AccountId account = AccountId.of(observation.resource());
        RollupKey key = new RollupKey(
                store.tenantOf(account),
                account.provider(),
                account.account(),
                observation.serviceType(),
                control,
                word,
                mark == null ? Optional.empty() : labels.sensitivity(),
                mark == null ? Optional.empty() : labels.criticality(),
                mark != null && exposed);
        counters.merge(key, 1L, Long::sum);
        if (mark != null) {
            String reason = Optional.ofNullable(observation.verdicts().get(control))
                    .map(Verdict::reason)
                    .orElse("");
            StoredFinding finding = new StoredFinding(
                    key.tenant(),
                    observation.resource(),
                    observation.serviceType(),
                    control,
                    word,
                    reason,
                    mark.changed(),
                    mark.since(),
                    labels,
                    exposed);
            findings.put(finding.id(), finding);
        }
    }

    private void compare(AccountId account) {
        Map<RollupKey, Long> expected = new HashMap<>(counters);
        expected.keySet().removeIf(key -> !key.accountId().equals(account));
        Map<RollupKey, Long> stored = store.countersOf(account).counters();
        if (!stored.equals(expected)) {
            differences.add("counters of " + account + ": " + stored + " and not " + expected);
        }
        List<String> under = new ArrayList<>();
        Scope scope = Scope.operator(store.tenantOf(account), account);
        stored.keySet()
                .forEach(key -> store.findings(scope, key, "", MANY).forEach(finding -> under.add(finding.id())));
        List<StoredFinding> found = store.findingsOf(account, "", MANY);
        Map<String, StoredFinding> missing = new TreeMap<>(findings);
        missing.values().removeIf(finding -> !finding.account().equals(account));
        for (StoredFinding finding : found) {
            StoredFinding wanted = missing.remove(finding.id());
            if (wanted == null || !isRight(finding, wanted)) {
                differences.add("finding " + finding + " and not " + wanted);
            }
        }
        missing.keySet().forEach(id -> differences.add("no finding " + id));
        if (!under.stream()
                .sorted()
                .toList()
                .equals(found.stream().map(StoredFinding::id).sorted().toList())) {
            differences.add("findings under counters of " + account + ": " + under);
        }
    }

    /** The words about labels are the projector's own. */
    private static boolean isRight(StoredFinding finding, StoredFinding wanted) {
        return finding.equals(wanted)
                || (finding.control().equals(Projected.LABELLED)
                        && finding.bucket().equals(wanted.bucket()));
    }
}
