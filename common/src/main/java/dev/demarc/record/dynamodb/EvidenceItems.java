package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TimeBounds;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.SweepEvidenceJson;
import dev.demarc.record.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Evidence items: in the account's own partition, and found together by the sparse index {@code evidence} that only they are in. */
final class EvidenceItems {
    static final String INDEX = "evidence";

    private static final String MOMENT = "moment";
    private static final Map<String, String> NAMES = Map.of("#moment", MOMENT);
    private static final String NEWER = "attribute_not_exists(pk) OR #moment <= :moment OR #moment > :latest";

    private final Table table;
    private final Tenants tenants;
    private final InstantSource clock;

    EvidenceItems(Table table, Tenants tenants, InstantSource clock) {
        this.table = table;
        this.tenants = tenants;
        this.clock = clock;
    }

    void put(FeedEvidence evidence) {
        Json body = Json.object()
                .with("provider", evidence.provider().word())
                .with("account", evidence.account())
                .with("serviceType", evidence.serviceType().name())
                .with("lastEventAt", evidence.lastEventAt().toString())
                .build();
        put(Keys.FEED, evidence.accountId(), evidence.serviceType(), Keys.moment(evidence.lastEventAt()), body);
    }

    void put(SweepEvidence evidence) {
        put(
                kind(evidence),
                evidence.accountId(),
                evidence.serviceType(),
                Keys.moment(evidence.startedAt()) + Keys.moment(evidence.finishedAt()),
                SweepEvidenceJson.write(evidence));
    }

    private static String kind(SweepEvidence evidence) {
        return evidence.hasEnded() ? Keys.SWEEP : Keys.SWEEP_UNDER_WAY;
    }

    private void put(String kind, AccountId account, ServiceType serviceType, String moment, Json body) {
        Map<String, AttributeValue> key = key(kind, account, serviceType);
        // A refused write costs as much as an accepted one; this read costs a tenth of it.
        String latest = Keys.moment(TimeBounds.latest(clock.instant()));
        if (table.findRecent(key)
                .map(known -> Table.text(known, MOMENT))
                .filter(known -> known.compareTo(moment) > 0 && known.compareTo(latest) <= 0)
                .isPresent()) {
            return;
        }
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(INDEX, s(Keys.evidenceIndex(kind, account)));
        item.put(MOMENT, s(moment));
        item.put(Body.NAME, Body.of(body));
        // The item that an older evidence would replace stays: not an error. One that is dated ahead gives way to any.
        table.putUnless(item, NEWER, NAMES, Map.of(":moment", s(moment), ":latest", s(latest)));
    }

    private static Map<String, AttributeValue> key(String kind, AccountId account, ServiceType serviceType) {
        return Keys.evidence(account, Keys.sortable(kind + serviceType.name()));
    }

    List<FeedEvidence> feeds(Scope scope) {
        return all(scope, Keys.FEED)
                .flatMap(item -> Claims.believed(item, claim -> feed(claim, clock.instant())).stream())
                .filter(feed -> isVisible(scope, feed.accountId()))
                .toList();
    }

    /** The ended ones, and those under way that began after the newest of their type that ended. */
    List<SweepEvidence> sweeps(Scope scope) {
        List<SweepEvidence> ended = sweeps(scope, Keys.SWEEP);
        Map<Map<String, AttributeValue>, Instant> newest = new HashMap<>();
        ended.forEach(sweep -> newest.put(key(Keys.SWEEP, sweep.accountId(), sweep.serviceType()), sweep.startedAt()));
        Stream<SweepEvidence> underWay = sweeps(scope, Keys.SWEEP_UNDER_WAY).stream()
                .filter(sweep -> newest.getOrDefault(
                                key(Keys.SWEEP, sweep.accountId(), sweep.serviceType()), Instant.MIN)
                        .isBefore(sweep.startedAt()));
        return Stream.concat(ended.stream(), underWay).toList();
    }

    private List<SweepEvidence> sweeps(Scope scope, String kind) {
        return all(scope, kind)
                .flatMap(item -> Claims.believed(item, claim -> sweep(claim, clock.instant())).stream())
                .filter(sweep -> isVisible(scope, sweep.accountId()))
                .toList();
    }

    Optional<SweepEvidence> ended(Provider provider, String account, ServiceType serviceType) {
        return table.find(key(Keys.SWEEP, new AccountId(provider, account), serviceType))
                .flatMap(item -> Claims.believed(item, claim -> sweep(claim, clock.instant())));
    }

    private boolean isVisible(Scope scope, AccountId account) {
        return scope.covers(tenants.of(account), account);
    }

    private Stream<Map<String, AttributeValue>> all(Scope scope, String kind) {
        return scope.accounts()
                .map(accounts -> accounts.stream()
                        .flatMap(account -> table.beginning(Keys.account(account) + "0", kind)
                                .limit(SharedIndex.MOST_OF_AN_ACCOUNT)))
                .orElseGet(() -> {
                    SharedIndex index = new SharedIndex(table, INDEX);
                    return Keys.evidenceIndex(kind).stream()
                            .flatMap(shard -> index.items(
                                    shard,
                                    account -> Keys.evidenceIndex(kind, account).equals(shard)));
                });
    }

    private static FeedEvidence feed(Map<String, AttributeValue> item, Instant now) {
        Json body = Body.claimIn(item);
        FeedEvidence feed = new FeedEvidence(
                Provider.of(body.textAt("provider", "")),
                body.textAt("account", ""),
                new ServiceType(body.textAt("serviceType", "")),
                Instant.parse(body.textAt("lastEventAt", "")));
        Claims.requireTime(feed.lastEventAt(), now);
        return own(item, feed, one -> key(Keys.FEED, one.accountId(), one.serviceType()));
    }

    static SweepEvidence sweep(Map<String, AttributeValue> item, Instant now) {
        SweepEvidence sweep = SweepEvidenceJson.read(Body.claimIn(item));
        Claims.requireTime(sweep.startedAt(), now);
        Claims.requireTime(sweep.finishedAt(), now);
        return own(item, sweep, one -> key(kind(one), one.accountId(), one.serviceType()));
    }

    /** The evidence, when it speaks of the account whose partition it is in: an account cannot vouch for another one. */
    private static <E> E own(
            Map<String, AttributeValue> item, E evidence, Function<E, Map<String, AttributeValue>> key) {
        if (!Claims.isAt(item, key.apply(evidence))) {
            throw new Claims.NotBelieved("it is evidence of another account or type than its key");
        }
        return evidence;
    }
}
