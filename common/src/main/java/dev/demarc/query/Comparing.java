package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.ServiceClass;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts the members of a class side by side and finds where two providers differ. */
final class Comparing {
    private final Catalogue catalogue;
    private final Terms terms;
    private final Facts facts;
    private final List<WorkloadInUse> workloads;
    private final Map<ServiceType, Map<ControlId, Audit.Row>> audited = new HashMap<>();

    Comparing(Catalogue catalogue, Terms terms, Facts facts, Audit audit, List<WorkloadInUse> workloads) {
        this.workloads = workloads;
        this.catalogue = catalogue;
        this.terms = terms;
        this.facts = facts;
        audit.rows()
                .forEach(row -> audited.computeIfAbsent(row.serviceType(), ignored -> new HashMap<>())
                        .put(row.control(), row));
    }

    Parity parity(ServiceClass serviceClass) {
        List<Parity.Member> members = catalogue.members(serviceClass.id()).stream()
                .flatMap(type -> catalogue.entry(type).stream())
                .map(this::member)
                .toList();
        List<Parity.Line> lines = catalogue.controls().stream()
                .filter(control -> members.stream().anyMatch(member -> says(member.entry(), control.id())))
                .map(control -> new Parity.Line(
                        control,
                        members.stream()
                                .map(member -> cell(member.entry(), control.id()))
                                .toList()))
                .toList();
        return new Parity(serviceClass, members, lines, gaps(members, lines));
    }

    private Parity.Member member(CatalogueEntry entry) {
        long accounts = 0;
        long resources = 0;
        for (Map.Entry<TypeInAccount, Long> one : facts.live().entrySet()) {
            if (one.getKey().serviceType().equals(entry.serviceType())) {
                accounts++;
                resources += one.getValue();
            }
        }
        return new Parity.Member(entry, accounts, resources);
    }

    private static boolean says(CatalogueEntry entry, ControlId control) {
        return entry.responsibility(control).isPresent()
                || entry.notMeaningful().stream().anyMatch(one -> one.control().equals(control));
    }

    private Parity.Cell cell(CatalogueEntry entry, ControlId control) {
        Optional<Audit.Row> row = Optional.ofNullable(
                audited.getOrDefault(entry.serviceType(), Map.of()).get(control));
        return new Parity.Cell(
                entry.serviceType(),
                entry.responsibility(control),
                entry.notMeaningful().stream()
                        .filter(one -> one.control().equals(control))
                        .findFirst()
                        .map(CatalogueEntry.NotMeaningful::because),
                terms.documented(entry.serviceType(), control).isYes(),
                row.filter(one -> one.applicable() > 0)
                        .map(one -> new Parity.State(one.implementedAnswer(), one.compliant(), one.applicable())));
    }

    private List<Parity.Gap> gaps(List<Parity.Member> members, List<Parity.Line> lines) {
        List<Parity.Gap> gaps = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            for (int j = 0; j < members.size(); j++) {
                Parity.Member here = members.get(i);
                Parity.Member there = members.get(j);
                if (here.entry().provider() != there.entry().provider()) {
                    int hereAt = i;
                    int thereAt = j;
                    lines.forEach(line -> gap(
                                    line.control(),
                                    new Side(here, line.cells().get(hereAt)),
                                    new Side(there, line.cells().get(thereAt)))
                            .ifPresent(gaps::add));
                    assumed(here, there, gaps).ifPresent(gaps::add);
                }
            }
        }
        return gaps;
    }

    /** One workload by its name, in whatever account, on two providers: it counts on what differs between them. */
    private Optional<Parity.Gap> assumed(Parity.Member here, Parity.Member there, List<Parity.Gap> gaps) {
        List<String> both = new ArrayList<>(named(here.serviceType()));
        both.retainAll(named(there.serviceType()));
        long differences = gaps.stream()
                .filter(gap ->
                        gap.here().equals(here.serviceType()) && gap.there().equals(there.serviceType()))
                .count();
        if (both.isEmpty() || differences == 0) {
            return Optional.empty();
        }
        return Optional.of(new Parity.Gap(
                Parity.Kind.ASSUMED_EQUIVALENCE,
                Optional.empty(),
                here.serviceType(),
                there.serviceType(),
                true,
                here.entry().name() + " and " + there.entry().name() + " serve the same workload and differ in "
                        + differences + " controls to the disadvantage of "
                        + here.entry().name(),
                both));
    }

    private SortedSet<String> named(ServiceType type) {
        return workloads.stream()
                .filter(one -> one.resources().containsKey(type))
                .map(WorkloadInUse::workload)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record Side(Parity.Member member, Parity.Cell cell) {
        private boolean defaultIs(String word) {
            return cell.row().filter(row -> row.providerDefault().equals(word)).isPresent();
        }

        private boolean answers(String... words) {
            return cell.state()
                    .filter(state -> List.of(words).contains(state.answer()))
                    .isPresent();
        }
    }

    /** The heaviest difference in which {@code here} has more to do than {@code there}. */
    private static Optional<Parity.Gap> gap(Control control, Side here, Side there) {
        boolean inUse = here.member.isInUse() && there.member.isInUse();
        String one = here.member.entry().name();
        String other = there.member.entry().name();
        boolean isCustomers = here.cell.isCustomers();
        boolean hasRow = there.cell.row().isPresent();
        if (inUse && here.answers("NO", "PARTLY") && there.answers("YES")) {
            return Optional.of(gap(
                    Parity.Kind.STATE,
                    control,
                    here,
                    there,
                    "every resource of " + other + " meets it, not every one of " + one));
        }
        if (inUse && isCustomers && !here.cell.documented() && there.cell.documented()) {
            return Optional.of(gap(
                    Parity.Kind.DOCUMENTATION,
                    control,
                    here,
                    there,
                    "documented for " + other + " and not for " + one));
        }
        if (isCustomers && hasRow && !there.cell.isCustomers()) {
            return Optional.of(gap(
                    Parity.Kind.OWNER,
                    control,
                    here,
                    there,
                    "the customer's on " + one + ", the provider's on " + other));
        }
        if (isCustomers && !hasRow) {
            return Optional.of(gap(
                    Parity.Kind.MEANING,
                    control,
                    here,
                    there,
                    "has to be met on " + one + " and has no meaning on " + other));
        }
        if (isCustomers && there.cell.isCustomers() && here.defaultIs("fails") && there.defaultIs("meets")) {
            return Optional.of(gap(
                    Parity.Kind.DEFAULT,
                    control,
                    here,
                    there,
                    "a new " + other + " meets it, a new " + one + " does not"));
        }
        return Optional.empty();
    }

    private static Parity.Gap gap(Parity.Kind kind, Control control, Side here, Side there, String difference) {
        return new Parity.Gap(
                kind,
                Optional.of(control.id()),
                here.member.serviceType(),
                there.member.serviceType(),
                here.member.isInUse() && there.member.isInUse(),
                control.id() + " " + control.title() + ": " + difference,
                List.of());
    }
}
