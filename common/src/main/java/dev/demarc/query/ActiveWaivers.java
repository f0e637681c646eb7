package dev.demarc.query;

import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The waivers that are active at one moment. A waiver covers what is no more urgent than the band it was decided for: what has become more
 * urgent since is open until somebody decides anew, under the terms of its band. Where several cover a finding, the one that lasts longest
 * is shown.
 */
final class ActiveWaivers {
    private static final Comparator<Waiver> LONGEST =
            Comparator.comparing(Waiver::expiresAt).thenComparing(Waiver::id);

    private final Map<ControlId, List<Waiver>> active = new HashMap<>();
    private final Terms terms;

    ActiveWaivers(List<Waiver> waivers, Terms terms, Instant now) {
        this.terms = terms;
        waivers.stream()
                .filter(waiver -> waiver.isActiveAt(now))
                .forEach(waiver -> active.merge(
                        waiver.subject().control(),
                        List.of(waiver),
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList()));
    }

    /** The waiver that covers a finding without a resource. */
    Optional<Finding.Waived> covering(ControlId control, Optional<AccountId> account, ServiceType serviceType) {
        List<Waiver> some = of(control);
        return some.isEmpty()
                ? Optional.empty()
                : longest(meeting(some, terms.priority(serviceType, control))
                        .filter(waiver -> waiver.subject().covers(control, Optional.empty(), account, serviceType)));
    }

    /** The waiver that covers a finding of a resource. */
    Optional<Finding.Waived> covering(StoredFinding stored) {
        return covering(stored.bucket(), Optional.of(stored.resource().key()));
    }

    /** The waiver that covers every resource under the counter. */
    Optional<Finding.Waived> covering(RollupKey bucket) {
        return covering(bucket, Optional.empty());
    }

    private Optional<Finding.Waived> covering(RollupKey bucket, Optional<String> resource) {
        List<Waiver> some = of(bucket.control());
        return some.isEmpty()
                ? Optional.empty()
                : longest(meeting(some, terms.priority(bucket))
                        .filter(waiver -> waiver.subject()
                                .covers(
                                        bucket.control(),
                                        resource,
                                        Optional.of(bucket.accountId()),
                                        bucket.serviceType())));
    }

    /** Whether a waiver of single resources may cover some of those under the counter. */
    boolean mayCoverSome(RollupKey bucket) {
        List<Waiver> some = of(bucket.control());
        return !some.isEmpty()
                && meeting(some, terms.priority(bucket))
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

    /** Those that name the control, whatever else they name. */
    List<Waiver> of(ControlId control) {
        return active.getOrDefault(control, List.of());
    }

    private static Stream<Waiver> meeting(List<Waiver> waivers, Priority priority) {
        return waivers.stream().filter(waiver -> meets(waiver, priority));
    }

    /** Whether the waiver's terms are at least as strict as the priority asks for. */
    static boolean meets(Waiver waiver, Priority priority) {
        WaiverTerms needed = WaiverTerms.valueOf(priority.band().name());
        return waiver.terms().stricter(needed) == waiver.terms();
    }

    private static Optional<Finding.Waived> longest(Stream<Waiver> waivers) {
        return waivers.max(LONGEST).map(waiver -> new Finding.Waived(waiver.id(), waiver.owner(), waiver.expiresAt()));
    }
}
