package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Governance;
import dev.demarc.model.AccountId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.register.Documented;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Joins stored facts, what people decided and validation evidence at one moment, within one scope: findings, counts and the audit.
 * Everything here is derived; nothing is stored. No method reads a number of items that grows with the number of resources, except
 * {@link #all}, which hands out every finding. For one thread; counters and evidence are read once.
 */
public final class Posture {
    private static final int PAGE = 1000;

    private final Instant now;
    private final Catalogue catalogue;
    private final Facts facts;
    private final Terms terms;
    private final ActiveWaivers waivers;
    private final Standings standings;
    private final ResourceFindings resourceFindings;
    private final TypeFindings typeFindings;
    private final Once<List<Finding>> ofTypes;
    private final Pages pages;

    public Posture(ScopedReads reads, Scope scope, Catalogue catalogue, Governance governance, Instant now) {
        this.now = now;
        this.catalogue = catalogue;
        this.facts = new Facts(reads, scope, governance, now);
        this.terms = new Terms(catalogue, governance.register(), LocalDate.ofInstant(now, ZoneOffset.UTC));
        this.waivers = new ActiveWaivers(governance.waivers(), terms, now);
        this.standings = new Standings(governance.attestations(), now);
        this.resourceFindings = new ResourceFindings(terms, waivers, facts);
        this.typeFindings = new TypeFindings(terms, waivers, standings, facts);
        this.ofTypes = new Once<>(typeFindings::all);
        this.pages = new Pages(facts, resourceFindings);
    }

    public Instant now() {
        return now;
    }

    /**
     * One page in the given order after {@code position} (of a page before, empty for the start). Refuses a position of another order with an
     * {@link IllegalArgumentException}.
     */
    public FindingPage findings(FindingFilter filter, Sort sort, int size, Optional<String> position) {
        Wanted wanted = wanted(filter);
        return wanted.resources().isEmpty()
                ? pages.page(matching(wanted), sort, size, position)
                : pages.ofResources(wanted, sort, size, position);
    }

    /** Every finding of the filter, page by page. */
    public Stream<Finding> all(FindingFilter filter, Sort sort) {
        Wanted wanted = wanted(filter);
        if (!wanted.resources().isEmpty()) {
            return all(position -> pages.ofResources(wanted, sort, PAGE, position));
        }
        Matching matching = matching(wanted);
        return all(position -> pages.page(matching, sort, PAGE, position));
    }

    private static Stream<Finding> all(Function<Optional<String>, FindingPage> pageAfter) {
        return Stream.iterate(
                        Optional.of(pageAfter.apply(Optional.empty())),
                        Optional::isPresent,
                        page -> page.flatMap(FindingPage::next).map(position -> pageAfter.apply(Optional.of(position))))
                .flatMap(page -> page.stream().flatMap(one -> one.findings().stream()));
    }

    /** The open finding of this id. */
    public Optional<Finding> finding(String id) {
        String[] parts = id.split("\\|", -1);
        boolean ofType = parts.length == 7 && parts[2].equals("*") && parts[4].equals("*");
        if (ofType && !parts[3].isBlank()) {
            return typeFindings.find(id, new ServiceType(parts[3]));
        }
        int bar = id.lastIndexOf('|');
        return bar < 0
                ? Optional.empty()
                : Pages.resource(id.substring(0, bar))
                        .flatMap(resource -> findingsOf(resource).stream()
                                .filter(finding -> finding.id().equals(id))
                                .findFirst());
    }

    /** The open findings of a resource, in the order of controls. */
    public List<Finding> findingsOf(ResourceId resource) {
        return facts.reads().projected(facts.scope(), resource).stream()
                .flatMap(projected -> projected.findings().stream())
                .flatMap(stored -> resourceFindings.of(stored).stream())
                .toList();
    }

    /** Counts by the combination of the dimensions; by none: the total. A finding has no value of a dimension that it lacks. */
    public Counts counts(FindingFilter filter, List<Dimension> by) {
        Wanted wanted = wanted(filter);
        return wanted.resources().isEmpty()
                ? Counting.counts(matching(wanted), by)
                : Counting.counts(pages.ofResources(wanted), by);
    }

    /** For each dimension, in their order, the values that occur under the filter, with their numbers. */
    public List<Counts> facets(FindingFilter filter, Set<Dimension> dimensions) {
        Wanted wanted = wanted(filter);
        TreeSet<Dimension> inOrder = new TreeSet<>(dimensions);
        if (!wanted.resources().isEmpty()) {
            List<Finding> findings = pages.ofResources(wanted);
            return inOrder.stream()
                    .map(one -> Counting.facet(Counting.counts(findings, List.of(one)), one))
                    .toList();
        }
        Matching matching = matching(wanted);
        return inOrder.stream()
                .map(one -> Counting.facet(Counting.counts(matching, List.of(one)), one))
                .toList();
    }

    /** The audit; of the filter only provider, account, class, service type, tier, pattern and control count. */
    public Audit audit(FindingFilter filter) {
        return new Auditing(terms, waivers, standings, facts).audit(filter.withFrameworksOf(catalogue), now);
    }

    /** The classes side by side, in the catalogue's order; all of them when {@code serviceClass} is empty. */
    public List<Parity> parity(Optional<String> serviceClass) {
        Comparing comparing = new Comparing(catalogue, terms, facts, audit(FindingFilter.ALL), workloads());
        return catalogue.classes().stream()
                .filter(one -> serviceClass.isEmpty() || serviceClass.get().equals(one.id()))
                .map(comparing::parity)
                .toList();
    }

    /** The active waivers that do not cover all they name, because some of it is more urgent than what they were decided for; in id order. */
    public List<OutgrownWaiver> outgrownWaivers() {
        return new Outgrowing(waivers, matching(new Wanted(FindingFilter.ALL)), this::findingsOf).all();
    }

    public List<TypeInUse> serviceTypesInUse() {
        return new Coverage(terms, facts).serviceTypes();
    }

    /** Every workload that live resources name, by account. */
    public List<WorkloadInUse> workloads() {
        Map<AccountId, Map<String, SortedMap<ServiceType, Long>>> workloads = new TreeMap<>(TypeInAccount.BY_ACCOUNT);
        facts.rollups().forEach((key, count) -> {
            if (count > 0) {
                key.workload()
                        .ifPresent(name -> workloads
                                .computeIfAbsent(key.accountId(), ignored -> new TreeMap<>())
                                .computeIfAbsent(name, ignored -> new TreeMap<>())
                                .merge(key.serviceType(), count, Long::sum));
            }
        });
        List<WorkloadInUse> all = new ArrayList<>();
        workloads.forEach(
                (account, named) -> named.forEach((name, types) -> all.add(new WorkloadInUse(account, name, types))));
        return all;
    }

    /** How many live resources name no workload, so that no move of theirs can be seen. */
    public long withoutWorkload() {
        long live = facts.live().values().stream().mapToLong(Long::longValue).sum();
        return live
                - workloads().stream()
                        .flatMap(one -> one.resources().values().stream())
                        .mapToLong(Long::longValue)
                        .sum();
    }

    public List<AccountCoverage> accounts() {
        return new Coverage(terms, facts).accounts();
    }

    public Documented documented(ServiceType serviceType) {
        return terms.documented(serviceType);
    }

    private Wanted wanted(FindingFilter filter) {
        return new Wanted(filter.withFrameworksOf(catalogue));
    }

    private Matching matching(Wanted wanted) {
        return new Matching(
                wanted,
                resourceFindings.buckets(wanted),
                ofTypes.get().stream().filter(wanted::all).toList());
    }
}
