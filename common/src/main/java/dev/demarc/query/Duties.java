package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What moving from one service type to another changes for the customer. {@code begins}: to be met from now on; {@code ceases}: the
 * provider's at the target; {@code withoutMeaning}: a person confirms that nothing is left to do; {@code ownerMoves} and
 * {@code defaultChanges}: the control stays and has to be judged anew.
 */
public record Duties(
        List<ControlId> begins,
        List<ControlId> ceases,
        List<ControlId> withoutMeaning,
        List<Change> ownerMoves,
        List<Change> defaultChanges) {

    /** One control's owner or default on the two sides. */
    public record Change(ControlId control, String from, String to) {
        private Json json() {
            return Json.object()
                    .with("control", control.value())
                    .with("from", from)
                    .with("to", to)
                    .build();
        }
    }

    /** Follows from the rows of the two types alone. */
    public static Duties between(CatalogueEntry from, CatalogueEntry to, Collection<Control> controls) {
        Duties duties = new Duties(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Control control : controls) {
            duties.compare(control.id(), from.responsibility(control.id()), to.responsibility(control.id()));
        }
        return duties;
    }

    private void compare(ControlId control, Optional<Responsibility> from, Optional<Responsibility> to) {
        boolean was = isCustomers(from);
        boolean is = isCustomers(to);
        if (is && !was) {
            begins.add(control);
        }
        if (was && to.isPresent() && !is) {
            ceases.add(control);
        }
        if (was && to.isEmpty()) {
            withoutMeaning.add(control);
        }
        if (from.isPresent() && to.isPresent()) {
            if (from.get().owner() != to.get().owner()) {
                ownerMoves.add(new Change(
                        control, from.get().owner().name(), to.get().owner().name()));
            }
            if (!from.get().providerDefault().equals(to.get().providerDefault())) {
                defaultChanges.add(new Change(
                        control, from.get().providerDefault(), to.get().providerDefault()));
            }
        }
    }

    private static boolean isCustomers(Optional<Responsibility> row) {
        return row.filter(one -> one.owner() != Responsibility.Owner.PROVIDER).isPresent();
    }

    public Json json() {
        return Json.object()
                .with("begins", controls(begins))
                .with("ceases", controls(ceases))
                .with("withoutMeaning", controls(withoutMeaning))
                .with("ownerMoves", changes(ownerMoves))
                .with("defaultChanges", changes(defaultChanges))
                .build();
    }

    private static Json controls(List<ControlId> controls) {
        return Json.array(
                controls.stream().map(control -> Json.of(control.value())).toList());
    }

    private static Json changes(List<Change> changes) {
        return Json.array(changes.stream().map(Change::json).toList());
    }
}
