package dev.demarc.local;

import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import dev.demarc.query.Category;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Priority;
import dev.demarc.query.Question;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which findings are wanted: an option given more than once means "or", different options mean "and". */
final class FilterOptions {
    @Option(names = "--provider", description = "aws, azure or gcp")
    private List<Provider> providers = List.of();

    @Option(names = "--account", description = "AWS account, Azure subscription or Google project")
    private List<String> accounts = List.of();

    @Option(names = "--region", description = "such as eu-west-1")
    private List<String> regions = List.of();

    @Option(names = "--class", description = "service class, such as object-storage")
    private List<String> serviceClasses = List.of();

    @Option(names = "--service-type", description = "such as AWS::S3::Bucket")
    private List<String> serviceTypes = List.of();

    @Option(names = "--tier", description = "iaas, caas, paas, faas or saas")
    private List<String> tiers = List.of();

    @Option(names = "--pattern", description = "such as identity or data-protection")
    private List<String> patterns = List.of();

    @Option(names = "--control", description = "such as DAT-03")
    private List<String> controls = List.of();

    @Option(names = "--owner", description = "who answers for the resource, as its tags or the register say")
    private List<String> owners = List.of();

    @Option(names = "--workload", description = "as the resource's tags say")
    private List<String> workloads = List.of();

    @Option(names = "--framework", description = "such as nist-800-53-r5, or one control of it: nist-800-53-r5:AC-6")
    private List<String> frameworks = List.of();

    @Option(names = "--resource", description = "resource key")
    private List<String> resources = List.of();

    @Option(names = "--category", description = "remediate or add_validation")
    private List<Category> categories = List.of();

    @Option(names = "--question", description = "documented, implemented or validated")
    private List<Question> questions = List.of();

    @Option(names = "--verdict", description = "non_compliant, unknown or compliant (fixed, not yet validated)")
    private List<String> verdicts = List.of();

    @Option(names = "--band", description = "critical, high, medium or low")
    private List<Priority.Band> bands = List.of();

    @Option(names = "--sensitivity", description = "low, medium, high or critical")
    private List<Labels.Level> sensitivities = List.of();

    @Option(names = "--waived", arity = "1", description = "true or false (default: both)")
    private @Nullable Boolean waived;

    @Option(names = "--changed-since", paramLabel = "TIME", description = "changed at this moment or later")
    private @Nullable Instant changedSince;

    @Option(names = "--min-priority", defaultValue = "0", description = "least score, 0 to 100")
    private int minPriority;

    FindingFilter filter() {
        return new FindingFilter(
                set(providers),
                set(accounts),
                set(regions),
                set(serviceClasses),
                set(serviceTypes),
                set(tiers),
                set(patterns),
                set(controls),
                set(owners),
                set(categories),
                set(questions),
                set(verdicts),
                set(bands),
                minPriority,
                set(sensitivities),
                Optional.ofNullable(waived),
                set(workloads),
                set(frameworks),
                set(resources),
                Optional.ofNullable(changedSince));
    }

    private static <T> Set<T> set(List<T> values) {
        return new LinkedHashSet<>(values);
    }
}
