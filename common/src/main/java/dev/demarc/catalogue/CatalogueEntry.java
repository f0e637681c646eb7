package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Tier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything the catalogue knows about one service type. */
public record CatalogueEntry(
        ServiceType serviceType,
        String serviceClass,
        Provider provider,
        Tier tier,
        String name,
        Match match,
        Form form,
        Optional<String> apiVersion,
        Map<String, CompanionSpec> companions,
        Map<String, Setting> settings,
        List<Responsibility> responsibilities,
        List<NotMeaningful> notMeaningful,
        String revision) {

    /** The form of a document. A service type has one for live reads, and further ones for what is declared before it deploys. */
    public enum Form {
        CONFIG_ITEM,
        ARM,
        ASSET,
        /** No document: everything is attested. */
        ATTESTATION,
        CLOUDFORMATION,
        TERRAFORM;

        /** True for the forms that stand beside the live one. */
        public boolean isDeclared() {
            return this == CLOUDFORMATION || this == TERRAFORM;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A control that has no meaning for this service type, and why. */
    public record NotMeaningful(ControlId control, String because) {}

    /** How a document is recognised: by the provider's type, and for a variant by one member. */
    public record Match(String type, List<String> aliases, Optional<When> when) {
        public Match {
            aliases = List.copyOf(aliases);
        }

        /** False when the document is of another variant of its type. */
        public boolean admits(Json document) {
            return when.map(one -> one.holds(document)).orElse(true);
        }
    }

    /** A test on one text member, without case. A missing member passes {@code LACKS} and {@code ABSENT_OR_EQUALS} only. */
    public record When(Path path, Mode mode, String value) {
        public enum Mode {
            CONTAINS,
            LACKS,
            EQUALS,
            ABSENT_OR_EQUALS
        }

        public boolean holds(Json document) {
            Optional<String> text = Walk.text(document, path).map(When::key);
            return switch (mode) {
                case CONTAINS -> text.filter(one -> one.contains(key(value))).isPresent();
                case LACKS -> text.filter(one -> one.contains(key(value))).isEmpty();
                case EQUALS -> text.filter(one -> one.equals(key(value))).isPresent();
                case ABSENT_OR_EQUALS -> text.map(one -> one.equals(key(value))).orElse(true);
            };
        }

        private static String key(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    public CatalogueEntry {
        responsibilities = List.copyOf(responsibilities);
        notMeaningful = List.copyOf(notMeaningful);
    }

    /** The same service type and rows, read from another form. */
    CatalogueEntry in(Form other, Match types, Map<String, CompanionSpec> beside, Map<String, Setting> read) {
        return new CatalogueEntry(
                serviceType,
                serviceClass,
                provider,
                tier,
                name,
                types,
                other,
                Optional.empty(),
                beside,
                read,
                responsibilities,
                notMeaningful,
                revision);
    }

    public Optional<Responsibility> responsibility(ControlId control) {
        return responsibilities.stream()
                .filter(row -> row.control().equals(control))
                .findFirst();
    }

    /** The revision of each row: of the row and the settings it reads. */
    public Map<ControlId, String> rowRevisions() {
        return responsibilities.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Responsibility::control, Responsibility::revision, (one, other) -> one));
    }
}
