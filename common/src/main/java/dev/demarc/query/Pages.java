package dev.demarc.query;

import dev.demarc.model.ResourceId;
import dev.demarc.record.StoredFinding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Pages of findings in either order. */
final class Pages {
    private record Placed<P extends Position>(Finding finding, P position) {}

    private final Facts facts;
    private final ResourceFindings resourceFindings;
    private final PriorityOrder byPriority;
    private final AgeOrder byAge;

    Pages(Facts facts, ResourceFindings resourceFindings) {
        this.facts = facts;
        this.resourceFindings = resourceFindings;
        this.byPriority = new PriorityOrder(facts, resourceFindings);
        this.byAge = new AgeOrder(facts, resourceFindings);
    }

    FindingPage page(Matching matching, Sort sort, int size, Optional<String> position) {
        PageInMaking page = new PageInMaking(size);
        switch (sort) {
            case PRIORITY -> byPriority.fill(page, matching, Position.byPriority(position));
            case AGE -> byAge.fill(page, matching, Position.byAge(position));
        }
        Optional<String> next = page.next().map(Position::text);
        if (position.isEmpty() && next.isEmpty()) {
            return new FindingPage(page.findings(), page.seen(), true, next);
        }
        return matching.isExact()
                ? new FindingPage(page.findings(), matching.certain(), true, next)
                : new FindingPage(page.findings(), Math.max(page.seen(), matching.certain()), false, next);
    }

    /** A page of the findings of named resources, which are read each by itself. */
    FindingPage ofResources(Wanted wanted, Sort sort, int size, Optional<String> position) {
        List<StoredFinding> stored = stored(wanted.resources()).toList();
        return switch (sort) {
            case PRIORITY ->
                sorted(
                        stored,
                        wanted,
                        (one, finding) -> new Position.ByPriority(
                                finding.priority().score(), Bucket.name(one.bucket()), finding.id()),
                        Position.ByPriority.ORDER,
                        Position.byPriority(position),
                        size);
            case AGE ->
                sorted(
                        stored,
                        wanted,
                        (one, finding) -> Position.ByAge.of(finding),
                        Position.ByAge.ORDER,
                        Position.byAge(position),
                        size);
        };
    }

    /** The wanted findings of named resources. */
    List<Finding> ofResources(Wanted wanted) {
        return stored(wanted.resources())
                .flatMap(one -> resourceFindings.of(one).stream())
                .filter(wanted::all)
                .toList();
    }

    private Stream<StoredFinding> stored(Set<String> resources) {
        return resources.stream()
                .flatMap(key -> resource(key).stream())
                .flatMap(id -> facts.reads().projected(facts.scope(), id).stream())
                .flatMap(projected -> projected.findings().stream());
    }

    /** The resource that the key names; what is no key names none. */
    static Optional<ResourceId> resource(String key) {
        try {
            return Optional.of(ResourceId.ofKey(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private interface Placing<P extends Position> {
        P place(StoredFinding stored, Finding finding);
    }

    private <P extends Position> FindingPage sorted(
            List<StoredFinding> stored, Wanted wanted, Placing<P> placing, Comparator<P> order, P after, int size) {
        PageInMaking page = new PageInMaking(size);
        List<Placed<P>> all = stored.stream()
                .flatMap(one -> resourceFindings.of(one).filter(wanted::all).stream()
                        .map(finding -> new Placed<>(finding, placing.place(one, finding))))
                .sorted(Comparator.comparing(Placed::position, order))
                .toList();
        all.stream()
                .filter(one -> order.compare(one.position(), after) > 0)
                .forEach(one -> page.add(one.finding(), one.position()));
        return new FindingPage(page.findings(), all.size(), true, page.next().map(Position::text));
    }
}
