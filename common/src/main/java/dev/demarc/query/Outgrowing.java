package dev.demarc.query;

import dev.demarc.govern.Waiver;
import dev.demarc.model.AccountId;
import dev.demarc.model.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compares active waivers with what they name. Counters and findings of types tell of most; a resource is read only when a counter says that
 * it may have outgrown its waiver.
 */
final class Outgrowing {
    private final ActiveWaivers waivers;
    private final Matching everything;
    private final Function<ResourceId, List<Finding>> findingsOf;

    Outgrowing(ActiveWaivers waivers, Matching everything, Function<ResourceId, List<Finding>> findingsOf) {
        this.waivers = waivers;
        this.everything = everything;
        this.findingsOf = findingsOf;
    }

    List<OutgrownWaiver> all() {
        Map<String, OutgrownWaiver> outgrown = new HashMap<>();
        everything
                .buckets()
                .forEach(bucket -> waivers.of(bucket.key().control()).stream()
                        .filter(waiver -> isMoreUrgent(bucket.kind(), waiver) && names(waiver.subject(), bucket))
                        .filter(waiver -> waiver.subject().resource().isEmpty())
                        .forEach(waiver -> reached(outgrown, waiver, bucket.kind())));
        everything
                .ofTypes()
                .forEach(finding -> waivers.of(finding.control()).stream()
                        .filter(waiver -> isMoreUrgent(finding, waiver) && names(waiver.subject(), finding))
                        .forEach(waiver -> reached(outgrown, waiver, finding)));
        ofResources()
                .forEach(waiver -> resource(waiver)
                        .flatMap(resource -> findingsOf.apply(resource).stream()
                                .filter(finding -> finding.control()
                                        .equals(waiver.subject().control()))
                                .filter(finding -> isMoreUrgent(finding, waiver))
                                .findFirst())
                        .ifPresent(finding -> reached(outgrown, waiver, finding)));
        List<OutgrownWaiver> all = new ArrayList<>(outgrown.values());
        all.sort((one, other) -> one.waiver().id().compareTo(other.waiver().id()));
        return all;
    }

    /** Waivers of single resources, where something of the control in the resource's account is more urgent than they allow. */
    private Stream<Waiver> ofResources() {
        return everything.buckets().stream()
                .flatMap(bucket -> waivers.of(bucket.key().control()).stream()
                        .filter(waiver -> waiver.subject().resource().isPresent())
                        .filter(waiver -> isMoreUrgent(bucket.kind(), waiver) && names(waiver.subject(), bucket)))
                .distinct();
    }

    private static Optional<ResourceId> resource(Waiver waiver) {
        return waiver.subject().resource().flatMap(Pages::resource);
    }

    private static boolean names(Waiver.Subject subject, Bucket bucket) {
        boolean nearby = subject.resource()
                .map(key -> key.startsWith(
                        bucket.key().provider().word() + "|" + bucket.key().account() + "|"))
                .orElse(true);
        // The counter does not tell which resources it counts: for one of a single resource it is enough that it may be
        // among them.
        return nearby
                && subject.covers(
                        bucket.key().control(),
                        subject.resource(),
                        Optional.of(bucket.key().accountId()),
                        bucket.key().serviceType());
    }

    private static boolean names(Waiver.Subject subject, Finding finding) {
        Optional<AccountId> account = finding.account().map(id -> new AccountId(finding.provider(), id));
        return subject.covers(finding.control(), finding.resource(), account, finding.serviceType());
    }

    private static boolean isMoreUrgent(Finding finding, Waiver waiver) {
        return !ActiveWaivers.meets(waiver, finding.priority());
    }

    private static void reached(Map<String, OutgrownWaiver> outgrown, Waiver waiver, Finding finding) {
        outgrown.merge(
                waiver.id(),
                new OutgrownWaiver(waiver, finding.priority().band()),
                (one, other) -> one.reached().compareTo(other.reached()) <= 0 ? one : other);
    }
}
