package dev.demarc.query;

import static dev.demarc.query.Landscape.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import dev.demarc.record.StoredFinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random estates, filters and page sizes: what counters and pages answer is what a plain walk over everything answers. */
class EstateTest {
    /** A finding counts under several frameworks, which has its own test. */
    private static final List<Dimension> SINGLE_VALUED = Stream.of(Dimension.values())
            .filter(dimension -> dimension != Dimension.FRAMEWORK)
            .toList();

    private static final Scope WHOLE = Scope.operator(Estate.TENANT);
    private static final List<String> SHARED = List.of(
            "provider",
            "account",
            "class",
            "serviceType",
            "tier",
            "pattern",
            "control",
            "category",
            "question",
            "verdict",
            "band",
            "minPriority",
            "sensitivity");
    private static final List<String> ALL = Stream.concat(
                    SHARED.stream(), Stream.of("waived", "region", "owner", "workload", "resource", "changedSince"))
            .toList();
    private static final Comparator<Finding> OLDEST = Comparator.comparing(
                    (Finding one) -> one.since().orElse(Instant.MAX))
            .thenComparing(Finding::id);

    private static List<Finding> all(Estate estate, Scope scope) {
        return estate.landscape
                .posture(scope, NOW)
                .all(FindingFilter.ALL, Sort.PRIORITY)
                .toList();
    }

    private static List<Finding> pages(
            Posture posture, FindingFilter filter, Sort sort, int size, List<FindingPage> to) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> position = Optional.empty();
        do {
            FindingPage page = posture.findings(filter, sort, size, position);
            assertThat(page.findings()).hasSizeLessThanOrEqualTo(size);
            to.add(page);
            findings.addAll(page.findings());
            position = page.next();
        } while (position.isPresent());
        return findings;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pagesAreTheFilteredListInItsOrder(long seed) {
        Estate estate = new Estate(seed, 60);
        List<Finding> all = all(estate, WHOLE);
        Posture posture = estate.landscape.posture(WHOLE, NOW);

        for (int i = 0; i < 60; i++) {
            Map<String, Set<String>> parts = estate.filter(all, ALL);
            List<Finding> wanted =
                    all.stream().filter(one -> Filters.meets(one, parts)).toList();
            Sort sort = estate.pick(List.of(Sort.values()));
            List<FindingPage> pages = new ArrayList<>();

            List<Finding> paged =
                    pages(posture, Filters.of(parts), sort, estate.pick(List.of(1, 2, 3, 7, 50, 500)), pages);

            switch (sort) {
                case AGE ->
                    assertThat(paged)
                            .as("%s", parts)
                            .isEqualTo(wanted.stream().sorted(OLDEST).toList());
                case PRIORITY ->
                    assertThat(paged)
                            .as("%s", parts)
                            .containsExactlyInAnyOrderElementsOf(wanted)
                            .isSortedAccordingTo(Comparator.comparingInt(
                                    one -> -one.priority().score()));
            }
            assertThat(pages).allSatisfy(page -> {
                if (page.exact()) {
                    assertThat(page.total()).isEqualTo(wanted.size());
                } else {
                    assertThat(page.total()).isBetween((long) page.findings().size(), (long) wanted.size());
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void countsAreThoseOfTheFilteredList(long seed) {
        Estate estate = new Estate(seed, 60);
        List<Finding> all = all(estate, WHOLE);
        Posture posture = estate.landscape.posture(WHOLE, NOW);

        for (int i = 0; i < 60; i++) {
            Map<String, Set<String>> parts = estate.filter(all, SHARED);
            List<Dimension> by = Stream.generate(() -> estate.pick(SINGLE_VALUED))
                    .limit(i % 4)
                    .distinct()
                    .toList();
            Map<List<String>, Long> expected = all.stream()
                    .filter(one -> Filters.meets(one, parts))
                    .collect(Collectors.groupingBy(one -> plainly(one, by), Collectors.counting()));

            Counts counts = posture.counts(Filters.of(parts), by);

            assertThat(counts.exact()).isTrue();
            assertThat(counts.groups().stream()
                            .collect(Collectors.toMap(
                                    group -> by.stream()
                                            .map(one -> group.values().getOrDefault(one, ""))
                                            .toList(),
                                    Counts.Group::count)))
                    .as("%s by %s", parts, by)
                    .isEqualTo(expected);
            assertThat(counts.total())
                    .isEqualTo(expected.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void countsOfWhatCountersCannotAnswerAreUpperBounds(long seed) {
        Estate estate = new Estate(seed, 60);
        List<Finding> all = all(estate, WHOLE);
        Posture posture = estate.landscape.posture(WHOLE, NOW);

        int inexact = 0;
        for (String part : List.of("waived", "region", "owner", "workload", "resource", "changedSince")) {
            for (int i = 0; i < 10; i++) {
                Map<String, Set<String>> parts = estate.filter(all, List.of(part, "control"));
                long wanted =
                        all.stream().filter(one -> Filters.meets(one, parts)).count();

                Counts counts = posture.counts(Filters.of(parts), List.of());

                if (counts.exact()) {
                    assertThat(counts.total()).as("%s", parts).isEqualTo(wanted);
                } else {
                    assertThat(counts.total()).as("%s", parts).isGreaterThanOrEqualTo(wanted);
                }
                inexact += counts.exact() ? 0 : 1;
            }
        }
        assertThat(inexact).isGreaterThan(10);
    }

    @Test
    void facetsAreTheCountsOfEachDimension() {
        Estate estate = new Estate(31, 60);
        Posture posture = estate.landscape.posture(WHOLE, NOW);
        FindingFilter filter = Filters.of("provider", "aws");

        List<Counts> facets = posture.facets(filter, Set.of(Dimension.ACCOUNT, Dimension.BAND));

        assertThat(facets).hasSize(2);
        assertThat(facets.get(1)).isEqualTo(posture.counts(filter, List.of(Dimension.BAND)));
        assertThat(facets.getFirst().groups())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.values()).containsOnlyKeys(Dimension.ACCOUNT));
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void findsWhatTheStoreHoldsAndNothingOfAnotherTenant(long seed) {
        Estate estate = new Estate(seed, 80);
        for (String tenant : List.of(Estate.TENANT, Estate.OTHER_TENANT)) {
            Set<String> stored = estate.landscape.store().accounts().stream()
                    .filter(account ->
                            estate.landscape.store().tenantOf(account).equals(tenant))
                    .flatMap(account -> estate.landscape.store().findingsOf(account, "", 100_000).stream())
                    .filter(one -> isFinding(estate, one))
                    .map(StoredFinding::id)
                    .collect(Collectors.toSet());

            List<Finding> all = all(estate, Scope.operator(tenant));

            assertThat(all.stream()
                            .filter(one -> one.resource().isPresent())
                            .map(Finding::id)
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(stored);
            assertThat(all).extracting(Finding::id).doesNotHaveDuplicates();
            assertThat(all).noneMatch(one -> one.category() == Category.CORRECT);
            assertThat(all)
                    .allSatisfy(one ->
                            assertThat(one.account().orElse(prefix(tenant))).startsWith(prefix(tenant)));
        }
    }

    private static String prefix(String tenant) {
        return tenant.equals(Estate.TENANT) ? "a" : "b";
    }

    /** The plain rule: not what is asked of the type, not labels that the register gives. */
    private static boolean isFinding(Estate estate, StoredFinding one) {
        if (one.control().value().equals("MCC-04")) {
            var entry = estate.landscape.register().entry(one.serviceType());
            boolean sensitivity = entry.flatMap(found -> found.sensitivity()).isPresent();
            boolean criticality = entry.flatMap(found -> found.criticality()).isPresent();
            return one.verdict().equals("FIXED")
                    ? !(sensitivity && criticality)
                    : !((sensitivity || one.labels().sensitivity().isPresent())
                            && (criticality || one.labels().criticality().isPresent()));
        }
        return estate.catalogue
                .entry(one.serviceType())
                .flatMap(entry -> entry.responsibility(one.control()))
                .filter(row -> !row.isDecidable() && row.owner() != Responsibility.Owner.PROVIDER)
                .isEmpty();
    }

    @Test
    void givesAnAccountReaderWhatTheWholeTenantHasOfTheAccount() {
        Estate estate = new Estate(51, 80);
        Scope own = new Scope(
                Estate.TENANT,
                Optional.of(Set.of(new AccountId(Provider.AWS, "a1"))),
                Role.ACCOUNT_READER,
                "reader of a1");
        List<Finding> whole = all(estate, WHOLE);

        List<Finding> seen = all(estate, own);

        assertThat(seen.stream().filter(one -> one.resource().isPresent()))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(whole.stream()
                        .filter(one -> one.resource().isPresent()
                                && one.provider() == Provider.AWS
                                && one.account().equals(Optional.of("a1")))
                        .toList());
        assertThat(whole.stream().filter(one -> one.account().equals(Optional.of("a2"))))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(estate.landscape.posture(own, NOW).finding(one.id()))
                        .isEmpty());
        assertThat(estate.landscape.posture(own, NOW).accounts())
                .extracting(one -> one.account().account())
                .containsOnly("a1");
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void neitherRepeatsNorSkipsWhatStaysWhileOtherFindingsComeAndGo(Sort sort) {
        for (long seed = 61; seed < 64; seed++) {
            Estate estate = new Estate(seed, 60);
            FindingFilter filter = seed % 2 == 0 ? FindingFilter.ALL : Filters.of("region", "north");
            Map<String, Finding> steady = byId(estate, filter);
            List<String> paged = new ArrayList<>();
            Optional<String> position = Optional.empty();
            int added = 0;
            do {
                FindingPage page = estate.landscape.posture(WHOLE, NOW).findings(filter, sort, 7, position);
                page.findings().forEach(one -> paged.add(one.id()));
                position = page.next();
                estate.add("x" + added);
                estate.change();
                Map<String, Finding> now = byId(estate, filter);
                steady.values().removeIf(one -> !one.equals(now.get(one.id())));
                added++;
            } while (position.isPresent() && added < 500);

            assertThat(added).isBetween(5, 499);
            assertThat(paged).filteredOn(steady::containsKey).containsExactlyInAnyOrderElementsOf(steady.keySet());
        }
    }

    /** Control: by number of the page instead of by position, the same coming and going does repeat or skip. */
    @Test
    void wouldRepeatOrSkipIfPagesWereCounted() {
        Estate estate = new Estate(61, 60);
        Map<String, Finding> steady = byId(estate, FindingFilter.ALL);
        List<String> paged = new ArrayList<>();
        List<Finding> now = all(estate, WHOLE);
        for (int at = 0; at < now.size(); at += 20) {
            now.stream().skip(at).limit(20).forEach(one -> paged.add(one.id()));
            estate.add("x" + at);
            estate.change();
            now = all(estate, WHOLE);
            Map<String, Finding> left = byId(estate, FindingFilter.ALL);
            steady.values().removeIf(one -> !one.equals(left.get(one.id())));
        }

        assertThat(paged.stream().filter(steady::containsKey).sorted().toList())
                .isNotEqualTo(steady.keySet().stream().sorted().toList());
    }

    private static Map<String, Finding> byId(Estate estate, FindingFilter filter) {
        return estate.landscape
                .posture(WHOLE, NOW)
                .all(filter, Sort.PRIORITY)
                .collect(Collectors.toMap(Finding::id, Function.identity(), (one, other) -> one, HashMap::new));
    }

    @Test
    void refusesAPositionOfAnotherOrder() {
        Estate estate = new Estate(71, 60);
        Posture posture = estate.landscape.posture(WHOLE, NOW);
        Optional<String> age = posture.findings(FindingFilter.ALL, Sort.AGE, 3, Optional.empty())
                .next();
        Optional<String> priority = posture.findings(FindingFilter.ALL, Sort.PRIORITY, 3, Optional.empty())
                .next();

        assertThat(age).isPresent();
        assertThatThrownBy(() -> posture.findings(FindingFilter.ALL, Sort.PRIORITY, 3, age))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a position in this order");
        assertThatThrownBy(() -> posture.findings(FindingFilter.ALL, Sort.AGE, 3, priority))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> posture.findings(FindingFilter.ALL, Sort.AGE, 3, Optional.of("nonsense")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPageOfNothing() {
        Posture posture = new Landscape().posture();

        assertThat(IntStream.of(0, -1))
                .allSatisfy(size -> assertThatThrownBy(
                                () -> posture.findings(FindingFilter.ALL, Sort.AGE, size, Optional.empty()))
                        .hasMessageContaining("at least one finding"));
    }

    private static List<String> plainly(Finding finding, List<Dimension> by) {
        return by.stream()
                .map(dimension -> switch (dimension) {
                    case PROVIDER -> Filters.value(finding, "provider");
                    case ACCOUNT -> Filters.value(finding, "account");
                    case SERVICE_CLASS -> Filters.value(finding, "class");
                    case SERVICE_TYPE -> Filters.value(finding, "serviceType");
                    case TIER -> Filters.value(finding, "tier");
                    case PATTERN -> Filters.value(finding, "pattern");
                    case CONTROL -> Filters.value(finding, "control");
                    case FRAMEWORK -> Optional.<String>empty();
                    case CATEGORY -> Filters.value(finding, "category");
                    case QUESTION -> Filters.value(finding, "question");
                    case VERDICT -> Filters.value(finding, "verdict");
                    case BAND -> Filters.value(finding, "band");
                    case SENSITIVITY -> Filters.value(finding, "sensitivity");
                })
                .map(value -> value.orElse(""))
                .toList();
    }
}
