package dev.demarc.register;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.Responsibility.Owner;
import dev.demarc.model.ControlId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How an entry's review compares to the catalogue on a day. */
public record RegisterReview(
        RegisterEntry entry, boolean known, Optional<String> stale, Map<ControlId, String> changed) {
    public RegisterReview {
        changed = Map.copyOf(changed);
    }

    /**
     * {@code known}: the catalogue has the service type. {@code stale}: why the whole review no longer counts. {@code changed}: the controls
     * whose row changed or was added since, each with the reason. An entry that is not approved was never a review: it is neither.
     */
    public static RegisterReview of(Register register, RegisterEntry entry, Catalogue catalogue, LocalDate today) {
        Optional<CatalogueEntry> row = catalogue.entry(entry.serviceType());
        Map<ControlId, String> changed = new TreeMap<>();
        if (!entry.approved()) {
            return new RegisterReview(entry, row.isPresent(), Optional.empty(), changed);
        }
        String revision = row.map(CatalogueEntry::revision).orElse("");
        Documented whole = register.documented(entry.serviceType(), revision, today);
        if (!whole.isYes()) {
            return new RegisterReview(entry, row.isPresent(), Optional.of(whole.reason()), changed);
        }
        row.ifPresent(found -> customers(found).forEach(one -> {
            Documented documented =
                    register.documented(entry.serviceType(), revision, found.rowRevisions(), one.control(), today);
            if (!documented.isYes() && entry.covers(one.control())) {
                changed.put(one.control(), documented.reason());
            }
        }));
        return new RegisterReview(entry, row.isPresent(), Optional.empty(), changed);
    }

    public boolean isCurrent() {
        return entry.approved() && stale.isEmpty() && changed.isEmpty();
    }

    /** The rows that a review by the customer is about: all but the provider's own. */
    static List<Responsibility> customers(CatalogueEntry entry) {
        return entry.responsibilities().stream()
                .filter(row -> row.owner() != Owner.PROVIDER)
                .toList();
    }

    static String title(Catalogue catalogue, ControlId control) {
        return catalogue.control(control).map(Control::title).orElse("");
    }
}
