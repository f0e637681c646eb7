package dev.demarc.query;

import dev.demarc.govern.Waiver;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.RollupKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The waivers that are active at one moment. Where several cover a finding, the one that lasts longest is shown. */
final class ActiveWaivers {
    private static final Comparator<Waiver> LONGEST =
            Comparator.comparing(Waiver::expiresAt).thenComparing(Waiver::id);

    private final Map<ControlId, List<Waiver>> active = new HashMap<>();

    ActiveWaivers(List<Waiver> waivers, Instant now) {
        waivers.stream()
                .filter(waiver -> waiver.isActiveAt(now))
                .forEach(waiver -> active.merge(
                        waiver.subject().control(),
                        List.of(waiver),
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList()));
    }

    Optional<Finding.Waived> covering(
            ControlId control, Optional<String> resource, Optional<AccountId> account, ServiceType serviceType) {
        List<Waiver> some = active.getOrDefault(control, List.of());
        if (some.isEmpty()) {
            return Optional.empty();
        }
        return some.stream()
                .filter(waiver -> waiver.subject().covers(control, resource, account, serviceType))
                .max(LONGEST)
                .map(waiver -> new Finding.Waived(waiver.id(), waiver.owner(), waiver.expiresAt()));
    }

    /** The waiver that covers every resource under the counter. */
    Optional<Finding.Waived> covering(RollupKey bucket) {
        if (active.isEmpty()) {
            return Optional.empty();
        }
        return covering(bucket.control(), Optional.empty(), Optional.of(bucket.accountId()), bucket.serviceType());
    }

    /** Whether a waiver of single resources may cover some of those under the counter. */
    boolean mayCoverSome(RollupKey bucket) {
        List<Waiver> some = active.getOrDefault(bucket.control(), List.of());
        return some.stream()
                .map(Waiver::subject)
                .anyMatch(subject -> subject.resource()
                        .filter(key -> key.startsWith(bucket.provider().word() + "|" + bucket.account() + "|"))
                        .filter(key -> subject.covers(
                                bucket.control(),
                                Optional.of(key),
                                Optional.of(bucket.accountId()),
                                bucket.serviceType()))
                        .isPresent());
    }
}
