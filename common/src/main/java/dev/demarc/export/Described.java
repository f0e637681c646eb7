package dev.demarc.export;

import dev.demarc.model.ResourceId;
import dev.demarc.query.Category;
import dev.demarc.query.Finding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What the formats ask of a finding alike. */
record Described(Finding finding) {

    /** The resource by its parts; empty when the finding is not about one. */
    Optional<ResourceId> resource() {
        return finding.resource().filter(key -> key.split("\\|", 5).length == 5).map(ResourceId::ofKey);
    }

    /** Where a resource lives; empty for what is global and for what is no resource. */
    Optional<String> region() {
        return resource().map(ResourceId::region).filter(region -> !region.equals("global") && !region.equals("-"));
    }

    /** Of a finding without a resource: the service type, in its account where it has one. */
    String subject() {
        return finding.resource()
                .orElseGet(() ->
                        finding.provider().word() + "|" + finding.account().orElse("*") + "|*|"
                                + finding.serviceType().name());
    }

    boolean isUnjudged() {
        return finding.verdict().filter("UNKNOWN"::equals).isPresent();
    }

    /** Implemented again, and waiting for validation that is newer than the fix. */
    boolean isFixed() {
        return finding.verdict().filter("COMPLIANT"::equals).isPresent();
    }

    boolean lacksOnlyValidation() {
        return finding.category() == Category.ADD_VALIDATION;
    }

    /** The provider document that says so, when the source is an address. */
    Optional<String> sourceAddress() {
        return Optional.of(finding.source())
                .filter(source -> source.startsWith("https://"))
                .filter(source -> {
                    try {
                        return new URI(source).getHost() != null;
                    } catch (URISyntaxException notAnAddress) {
                        return false;
                    }
                });
    }
}
