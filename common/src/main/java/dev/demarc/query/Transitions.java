package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.ServiceClass;
import dev.demarc.model.ServiceType;
import dev.demarc.register.Register;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds moves between service types of one role in what workloads used over time. Pure. */
public final class Transitions {
    /** A new type within this time of the old one's last sight is a move; a later one is something new. */
    public static final Duration WINDOW = Duration.ofDays(30);

    private final Catalogue catalogue;
    private final Register register;
    private final Instant now;

    public Transitions(Catalogue catalogue, Register register, Instant now) {
        this.catalogue = catalogue;
        this.register = register;
        this.now = now;
    }

    public List<Transition> of(List<WorkloadHistory> workloads) {
        List<Transition> transitions = new ArrayList<>();
        for (WorkloadHistory workload : workloads) {
            workload.types()
                    .forEach((from, left) -> workload.types()
                            .forEach(
                                    (to, entered) -> transition(workload, Map.entry(from, left), Map.entry(to, entered))
                                            .ifPresent(transitions::add)));
        }
        return transitions;
    }

    private Optional<Transition> transition(
            WorkloadHistory workload,
            Map.Entry<ServiceType, WorkloadHistory.Span> from,
            Map.Entry<ServiceType, WorkloadHistory.Span> to) {
        Optional<CatalogueEntry> source = catalogue.entry(from.getKey());
        Optional<CatalogueEntry> target = catalogue.entry(to.getKey());
        Instant started = to.getValue().since();
        Optional<Instant> gone = from.getValue().gone();
        // A new type that went again moved nothing; what was there first has nothing to move from.
        if (source.isEmpty()
                || target.isEmpty()
                || to.getValue().gone().isPresent()
                || !started.isAfter(from.getValue().since())
                || gone.filter(at -> at.plus(WINDOW).isBefore(started)).isPresent()
                || !isMove(source.get(), target.get())) {
            return Optional.empty();
        }
        return Optional.of(new Transition(
                workload.account(),
                workload.workload(),
                from.getKey(),
                to.getKey(),
                state(to.getKey(), started, gone),
                started,
                gone.map(at -> at.isAfter(started) ? at : started),
                Duties.between(source.get(), target.get(), catalogue.controls())));
    }

    /** Types of one role on another tier or another provider, or variants of one type. */
    private boolean isMove(CatalogueEntry from, CatalogueEntry to) {
        boolean sameRole = role(from)
                .filter(role -> role(to).filter(role::equals).isPresent())
                .isPresent();
        boolean variants = from.match().type().equalsIgnoreCase(to.match().type());
        return (sameRole && (from.tier() != to.tier() || from.provider() != to.provider())) || variants;
    }

    private Optional<String> role(CatalogueEntry entry) {
        return catalogue
                .serviceClass(entry.serviceClass())
                .map(ServiceClass::role)
                .filter(role -> !role.isEmpty());
    }

    private Transition.State state(ServiceType to, Instant started, Optional<Instant> gone) {
        if (gone.isEmpty()) {
            return started.plus(WINDOW).isAfter(now) ? Transition.State.STARTED : Transition.State.OVERLAP;
        }
        Instant completed = gone.get().isAfter(started) ? gone.get() : started;
        boolean reviewed = register.entry(to)
                .filter(entry -> entry.approved()
                        && entry.reviewedOn()
                                .isAfter(completed.atZone(ZoneOffset.UTC).toLocalDate()))
                .isPresent();
        return reviewed ? Transition.State.CLOSED : Transition.State.COMPLETED;
    }
}
