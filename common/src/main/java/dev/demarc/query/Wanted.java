package dev.demarc.query;

import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a filter about findings in two steps: about what all findings under one counter share, and about the single finding. What lacks the
 * part that is asked for (an account, a region, a time of change) is not wanted.
 */
final class Wanted {
    private final FindingFilter filter;
    private final Set<String> serviceClasses;
    private final Set<String> serviceTypes;
    private final Set<String> tiers;
    private final Set<String> patterns;
    private final Set<String> controls;

    Wanted(FindingFilter filter) {
        this.filter = filter;
        this.serviceClasses = lower(filter.serviceClasses());
        this.serviceTypes = lower(filter.serviceTypes());
        this.tiers = lower(filter.tiers());
        this.patterns = lower(filter.patterns());
        this.controls = lower(filter.controls());
    }

    boolean all(Finding finding) {
        return kind(finding) && account(finding.account()) && own(finding) && waived(finding.waived());
    }

    /** What is shared by all findings of a kind, in whatever account. */
    boolean kind(Finding finding) {
        return row(finding)
                && has(filter.categories(), finding.category())
                && has(filter.questions(), finding.question())
                && has(filter.verdicts(), finding.verdict())
                && has(filter.bands(), finding.priority().band())
                && finding.priority().score() >= filter.minPriority()
                && has(filter.sensitivities(), finding.priority().sensitivity());
    }

    private boolean row(Finding finding) {
        return row(
                finding.provider(),
                finding.serviceClass(),
                finding.serviceType(),
                finding.tier(),
                finding.control(),
                finding.pattern());
    }

    /** The parts of the filter that the audit knows as well, but for the account. */
    boolean row(
            Provider provider,
            String serviceClass,
            ServiceType serviceType,
            String tier,
            ControlId control,
            String pattern) {
        return has(filter.providers(), provider)
                && has(serviceClasses, lower(serviceClass))
                && has(serviceTypes, lower(serviceType.name()))
                && has(tiers, lower(tier))
                && has(patterns, lower(pattern))
                && has(controls, lower(control.value()));
    }

    boolean account(Optional<String> account) {
        return has(filter.accounts(), account);
    }

    boolean waived(Optional<Finding.Waived> waived) {
        return filter.waived().map(wish -> wish == waived.isPresent()).orElse(true);
    }

    /** What only the single finding knows. */
    boolean own(Finding finding) {
        return (filter.regions().isEmpty() || has(filter.regions(), region(finding)))
                && has(filter.owners(), finding.owner())
                && has(filter.workloads(), finding.workload())
                && has(filter.resources(), finding.resource())
                && filter.changedSince()
                        .map(since -> finding.changedAt()
                                .filter(at -> !at.isBefore(since))
                                .isPresent())
                        .orElse(true);
    }

    /** Whether no finding can be judged by what it shares alone. */
    boolean asksEach() {
        return !(filter.regions().isEmpty()
                && filter.owners().isEmpty()
                && filter.workloads().isEmpty()
                && filter.resources().isEmpty()
                && filter.changedSince().isEmpty());
    }

    /** Whether some findings under the counter can only be judged one by one. */
    boolean asksEachOf(Bucket bucket) {
        return asksEach() || (filter.waived().isPresent() && bucket.someWaived());
    }

    /** Whether only findings of certain resources are wanted. */
    Set<String> resources() {
        return filter.resources();
    }

    private static Optional<String> region(Finding finding) {
        return finding.resource().map(key -> ResourceId.ofKey(key).region());
    }

    private static <T> boolean has(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static <T> boolean has(Set<T> wanted, Optional<T> value) {
        return wanted.isEmpty() || value.filter(wanted::contains).isPresent();
    }

    private static Set<String> lower(Set<String> words) {
        return words.stream().map(Wanted::lower).collect(Collectors.toUnmodifiableSet());
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
