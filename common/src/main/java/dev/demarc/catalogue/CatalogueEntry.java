package dev.demarc.catalogue;

import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Tier;
import java.util.List;
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
        String revision) {

    /** The document form of live reads. */
    public enum Form {
        CONFIG_ITEM,
        ARM,
        ASSET
    }

    /** How a document is recognised: by the provider's type, and for a variant by one member. */
    public record Match(String type, List<String> aliases, Optional<When> when) {
        public Match {
            aliases = List.copyOf(aliases);
        }
    }

    /** A test on one text member: contains, equals, or absent-or-equals. */
    public record When(Path path, Mode mode, String value) {
        public enum Mode {
            CONTAINS,
            EQUALS,
            ABSENT_OR_EQUALS
        }
    }

    public CatalogueEntry {
        responsibilities = List.copyOf(responsibilities);
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
