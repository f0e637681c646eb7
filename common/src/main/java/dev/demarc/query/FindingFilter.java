package dev.demarc.query;

import dev.demarc.model.Provider;
import java.util.Optional;

/** Which findings are wanted; an empty part wants all. */
public record FindingFilter(
        Optional<Provider> provider,
        Optional<String> account,
        Optional<String> serviceType,
        Optional<String> serviceClass,
        Optional<String> control,
        Optional<String> resource,
        Optional<Category> category,
        Optional<Question> question,
        int minPriority) {
    public static final FindingFilter ALL = new FindingFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);

    public boolean wants(Finding finding) {
        return provider.map(finding.provider()::equals).orElse(true)
                && account.map(wanted ->
                                finding.account().filter(wanted::equals).isPresent())
                        .orElse(true)
                && serviceType
                        .map(finding.serviceType().name()::equalsIgnoreCase)
                        .orElse(true)
                && serviceClass.map(finding.serviceClass()::equals).orElse(true)
                && control.map(finding.control().value()::equalsIgnoreCase).orElse(true)
                && resource.map(wanted ->
                                finding.resource().filter(wanted::equals).isPresent())
                        .orElse(true)
                && category.map(finding.category()::equals).orElse(true)
                && question.map(finding.question()::equals).orElse(true)
                && finding.priority().score() >= minPriority;
    }

    /** Whether an audit row is of the provider, service type, class and control that are wanted. */
    public boolean wants(Audit.Row row) {
        return provider.map(row.provider()::equals).orElse(true)
                && serviceType.map(row.serviceType().name()::equalsIgnoreCase).orElse(true)
                && serviceClass.map(row.serviceClass()::equals).orElse(true)
                && control.map(row.control().value()::equalsIgnoreCase).orElse(true);
    }
}
