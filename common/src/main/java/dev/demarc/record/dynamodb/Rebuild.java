package dev.demarc.record.dynamodb;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What a rebuild reads and puts right, account by account. Runs in the centre, so it may scan. */
final class Rebuild {
    // One action of each transaction checks the stamp.
    private static final int FINDINGS_OF_ONE_TRANSACTION = Transactions.ACTIONS - 1;

    private final Table table;
    private final Transactions transactions;
    private final FindingItems findings;
    private final CounterItems counters;

    Rebuild(Table table, FindingItems findings, CounterItems counters) {
        this.table = table;
        this.transactions = new Transactions(table);
        this.findings = findings;
        this.counters = counters;
    }

    List<AccountId> accounts() {
        TreeSet<AccountId> accounts = new TreeSet<>();
        table.client()
                .scanPaginator(request -> request.tableName(table.name()).projectionExpression("pk, sk"))
                .items()
                .forEach(item -> account(item).ifPresent(accounts::add));
        return List.copyOf(accounts);
    }

    private static Optional<AccountId> account(Map<String, AttributeValue> item) {
        String partition = Table.text(item, Keys.PK);
        String sort = Table.text(item, Keys.SK);
        if (partition.startsWith(Keys.COUNTERS)) {
            return Claims.owner(sort.substring(0, sort.indexOf('#', sort.indexOf('#') + 1) + 1));
        }
        if (partition.startsWith(Keys.PROJECTED)) {
            return Claims.owner(partition.substring(Keys.PROJECTED.length()));
        }
        return sort.startsWith(Keys.OBSERVATION) ? Claims.owner(partition) : Optional.empty();
    }

    List<Observation> observations(AccountId account, String afterKey, int limit, Instant now) {
        String after = Keys.OBSERVATION + Keys.resource(afterKey);
        return sorted(Keys.shards("", account), after, limit)
                .takeWhile(item -> Table.text(item, Keys.SK).startsWith(Keys.OBSERVATION))
                .flatMap(item -> Claims.believed(item, claim -> Claims.observation(claim, now)).stream())
                .limit(limit)
                .toList();
    }

    List<Projected> projections(AccountId account, String afterKey, int limit) {
        return sorted(Keys.shards(Keys.PROJECTED, account), Keys.resource(afterKey), limit)
                .map(ProjectedItems::read)
                .limit(limit)
                .toList();
    }

    private Stream<Map<String, AttributeValue>> sorted(List<String> shards, String after, int page) {
        List<Iterator<Map<String, AttributeValue>>> sorted = new ArrayList<>();
        shards.forEach(shard -> sorted.add(table.after(shard, after, page)));
        return Merge.of(sorted, Table.by(Keys.SK));
    }

    /**
     * First the findings, each transaction of them checking that no projection of their type came in between, then all counters together. An
     * account with more types than one transaction takes gets its counters in several.
     */
    boolean repair(
            String tenant,
            AccountId account,
            String stamp,
            List<StoredFinding> stray,
            List<StoredFinding> missing,
            Map<RollupKey, Long> counted) {
        Map<ServiceType, Long> stamps = counters.stamps(tenant, account);
        if (!stamps.toString().equals(stamp)) {
            return false;
        }
        Map<ServiceType, List<TransactWriteItem>> changes = new TreeMap<>();
        // A finding that differs stands where the right one goes; one transaction takes one action for each key.
        Set<Map<String, AttributeValue>> written =
                missing.stream().map(Keys::finding).collect(Collectors.toSet());
        stray.stream()
                .filter(finding -> !written.contains(Keys.finding(finding)))
                .forEach(finding -> changes.computeIfAbsent(finding.serviceType(), ignored -> new ArrayList<>())
                        .add(findings.delete(finding)));
        missing.forEach(finding -> changes.computeIfAbsent(finding.serviceType(), ignored -> new ArrayList<>())
                .add(findings.put(finding)));
        for (Map.Entry<ServiceType, List<TransactWriteItem>> change : changes.entrySet()) {
            TransactWriteItem check = counters.check(
                    new Counters.Subject(tenant, account, change.getKey()), stamp(stamps, change.getKey()));
            if (!inParts(change.getValue(), FINDINGS_OF_ONE_TRANSACTION, List.of(check))) {
                return false;
            }
        }
        return inParts(counters(tenant, account, stamps, counted), Transactions.ACTIONS, List.of());
    }

    private List<TransactWriteItem> counters(
            String tenant, AccountId account, Map<ServiceType, Long> stamps, Map<RollupKey, Long> counted) {
        Map<ServiceType, Map<RollupKey, Long>> byType = new TreeMap<>();
        stamps.keySet().forEach(type -> byType.put(type, new HashMap<>()));
        counted.forEach((key, count) -> byType.computeIfAbsent(key.serviceType(), ignored -> new HashMap<>())
                .put(key, count));
        List<TransactWriteItem> sets = new ArrayList<>();
        byType.forEach((type, counts) ->
                sets.add(counters.set(new Counters.Subject(tenant, account, type), stamp(stamps, type), counts)));
        return sets;
    }

    private static Optional<Long> stamp(Map<ServiceType, Long> stamps, ServiceType type) {
        return Optional.ofNullable(stamps.get(type));
    }

    private boolean inParts(List<TransactWriteItem> actions, int size, List<TransactWriteItem> before) {
        for (int from = 0; from < actions.size(); from += size) {
            List<TransactWriteItem> part = new ArrayList<>(before);
            part.addAll(actions.subList(from, Math.min(actions.size(), from + size)));
            if (!transactions.apply(() -> part)) {
                return false;
            }
        }
        return true;
    }
}
