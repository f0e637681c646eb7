package dev.demarc.catalogue;

import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One difference between two catalogues. {@code control} is empty for a whole service type; {@code was} and {@code is} hold what a person
 * compares (owner, default, how it is decided) and are empty where there was or is nothing.
 */
public record CatalogueChange(
        ServiceType serviceType, Optional<ControlId> control, String what, Optional<String> was, Optional<String> is) {

    /** Every change from one catalogue to another, by service type and control. */
    public static List<CatalogueChange> between(Catalogue before, Catalogue after) {
        List<CatalogueChange> changes = new ArrayList<>();
        TreeSet<ServiceType> types = new TreeSet<>(before.serviceTypes());
        types.addAll(after.serviceTypes());
        for (ServiceType type : types) {
            Optional<CatalogueEntry> was = before.entry(type);
            Optional<CatalogueEntry> is = after.entry(type);
            if (was.isEmpty() || is.isEmpty()) {
                changes.add(new CatalogueChange(
                        type,
                        Optional.empty(),
                        was.isEmpty() ? "service type added" : "service type removed",
                        was.map(CatalogueEntry::name),
                        is.map(CatalogueEntry::name)));
            } else {
                changes.addAll(between(type, was.get(), is.get()));
            }
        }
        return changes;
    }

    private static List<CatalogueChange> between(ServiceType type, CatalogueEntry before, CatalogueEntry after) {
        Map<ControlId, Responsibility> was = rows(before);
        Map<ControlId, Responsibility> is = rows(after);
        TreeSet<ControlId> controls = new TreeSet<>(was.keySet());
        controls.addAll(is.keySet());
        List<CatalogueChange> changes = new ArrayList<>();
        for (ControlId control : controls) {
            Optional<Responsibility> old = Optional.ofNullable(was.get(control));
            Optional<Responsibility> now = Optional.ofNullable(is.get(control));
            String what = what(old, now);
            if (!what.isEmpty()) {
                changes.add(new CatalogueChange(
                        type,
                        Optional.of(control),
                        what,
                        old.map(CatalogueChange::gist),
                        now.map(CatalogueChange::gist)));
            }
        }
        return changes;
    }

    private static Map<ControlId, Responsibility> rows(CatalogueEntry entry) {
        Map<ControlId, Responsibility> rows = new TreeMap<>();
        entry.responsibilities().forEach(row -> rows.put(row.control(), row));
        return rows;
    }

    private static String what(Optional<Responsibility> before, Optional<Responsibility> after) {
        if (before.isEmpty()) {
            return "row added";
        }
        if (after.isEmpty()) {
            return "row removed";
        }
        Responsibility was = before.get();
        Responsibility is = after.get();
        if (was.owner() != is.owner() || !sameArms(was, is)) {
            return "owner changed";
        }
        if (!was.providerDefault().equals(is.providerDefault())) {
            return "default changed";
        }
        if (!was.revision().equals(is.revision())) {
            return sameDecision(was, is) ? "words or sources changed" : "check changed";
        }
        return "";
    }

    private static boolean sameArms(Responsibility was, Responsibility is) {
        return was.ownerWhen().toString().equals(is.ownerWhen().toString());
    }

    // Patterns have no equality of their own; their text decides.
    private static boolean sameDecision(Responsibility was, Responsibility is) {
        return was.decision().toString().equals(is.decision().toString());
    }

    private static String gist(Responsibility row) {
        return row.owner().name() + ", default " + row.providerDefault() + ", "
                + row.decision().word();
    }
}
