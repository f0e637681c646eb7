package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which findings are wanted. An empty set wants all; several values of one part mean "or", different parts mean "and". Service type,
 * class, tier, pattern, control and framework are compared without case; account, owner, workload and resource exactly. A finding
 * that lacks the part asked for (an account, a region, a time of change) is not wanted.
 */
public record FindingFilter(
        Set<Provider> providers,
        Set<String> accounts,
        Set<String> regions,
        Set<String> serviceClasses,
        Set<String> serviceTypes,
        Set<String> tiers,
        Set<String> patterns,
        Set<String> controls,
        Set<String> owners,
        Set<Category> categories,
        Set<Question> questions,
        Set<String> verdicts,
        Set<Priority.Band> bands,
        int minPriority,
        Set<Labels.Level> sensitivities,
        Optional<Boolean> waived,
        Set<String> workloads,
        Set<String> frameworks,
        Set<String> resources,
        Optional<Instant> changedSince) {
    private static final String NO_CONTROL = "no control";

    public static final FindingFilter ALL = new FindingFilter(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            0,
            Set.of(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            Set.of(),
            Optional.empty());

    public FindingFilter {
        providers = Set.copyOf(providers);
        accounts = Set.copyOf(accounts);
        regions = Set.copyOf(regions);
        serviceClasses = Set.copyOf(serviceClasses);
        serviceTypes = Set.copyOf(serviceTypes);
        tiers = Set.copyOf(tiers);
        patterns = Set.copyOf(patterns);
        controls = Set.copyOf(controls);
        owners = Set.copyOf(owners);
        categories = Set.copyOf(categories);
        questions = Set.copyOf(questions);
        verdicts = Set.copyOf(verdicts);
        bands = Set.copyOf(bands);
        sensitivities = Set.copyOf(sensitivities);
        workloads = Set.copyOf(workloads);
        frameworks = Set.copyOf(frameworks);
        resources = Set.copyOf(resources);
    }

    /** The same with frameworks as the controls that are mapped to them. A framework that no control is mapped to wants nothing. */
    FindingFilter withFrameworksOf(Catalogue catalogue) {
        if (frameworks.isEmpty()) {
            return this;
        }
        Set<String> mapped = catalogue.controls().stream()
                .filter(control -> frameworks.stream().anyMatch(control::isOf))
                .map(control -> control.id().value())
                .filter(control -> controls.isEmpty() || controls.stream().anyMatch(control::equalsIgnoreCase))
                .collect(Collectors.toUnmodifiableSet());
        return new FindingFilter(
                providers,
                accounts,
                regions,
                serviceClasses,
                serviceTypes,
                tiers,
                patterns,
                mapped.isEmpty() ? Set.of(NO_CONTROL) : mapped,
                owners,
                categories,
                questions,
                verdicts,
                bands,
                minPriority,
                sensitivities,
                waived,
                workloads,
                Set.of(),
                resources,
                changedSince);
    }
}
