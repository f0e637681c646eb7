package dev.demarc.record.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.compile.Cases;
import dev.demarc.catalogue.compile.CatalogueFiles;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.normalise.Normaliser;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.testing.RequiresLocalStack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What recording, projecting and reading cost in the units that DynamoDB reports and bills, with observations of every bundled service type. */
@Tag("integration")
class CapacityTest {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb");

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");
    private static final Scope WHOLE = Scope.operator(Scope.MAIN);
    /** A flip of one of these moves every finding of the resource. */
    private static final Set<String> EXPOSING = Set.of("IDN-03", "IDN-07", "NET-01", "NET-02");

    private static final Labels LABELS = new Labels(
            Optional.of(Labels.Level.HIGH),
            Optional.of(Labels.Level.CRITICAL),
            Optional.of("payments-platform@example.com"),
            Optional.of("checkout"));
    private static final Map<CatalogueEntry, List<Cases.Case>> CASES = CatalogueFiles.live();
    private static final double FLIP = 12;
    private static final int MANY = Integer.getInteger("demarc.capacity.resources", 1000);
    private static final int PAGE = Math.min(50, MANY / 50);
    // A page may ask one shard once more, depending on how its findings fall onto the shards.
    private static final long SLACK_OF_SHARDS = 16;

    private final String table = "demarc-" + UUID.randomUUID();
    private final CapacityMeter meter = new CapacityMeter();
    private DynamoDbClient client;
    private DynamoDbStore store;

    @BeforeEach
    void createTable() {
        client = LOCALSTACK.client(
                DynamoDbClient.builder().overrideConfiguration(o -> o.addExecutionInterceptor(meter)));
        TestTable.create(client, table);
        store = new DynamoDbStore(client, table, () -> NOON);
    }

    @AfterEach
    void dropTable() {
        client.deleteTable(request -> request.tableName(table));
        client.close();
    }

    @Test
    void keepsAWriteOfOneUnitAndAFlipOfTwelve() {
        List<String> rows = new ArrayList<>();
        for (Map.Entry<CatalogueEntry, List<Cases.Case>> twin : CASES.entrySet()) {
            CatalogueEntry entry = twin.getKey();
            ControlId control = flippable(entry, twin.getValue());
            // Variants of one provider type are different resources.
            ResourceId resource =
                    resource(entry, "one" + entry.serviceType().name().replaceFirst("^[^#]*#?", ""));
            Observation good = observation(entry, twin.getValue(), resource, 1);
            Observation newer = with(good, 2, good.verdicts());
            Observation bad = with(good, 3, replaced(good, control, failure(entry, twin.getValue(), control)));
            Observation mended = with(good, 4, good.verdicts());

            recordAndProject(good);
            CapacityMeter.Used duplicate =
                    meter.of(() -> assertThat(store.record(good)).isEqualTo(Outcome.UNCHANGED));
            CapacityMeter.Used late = meter.of(
                    () -> assertThat(store.record(with(bad, 0, bad.verdicts()))).isEqualTo(Outcome.OLDER));
            CapacityMeter.Used same =
                    meter.of(() -> assertThat(store.record(newer)).isEqualTo(Outcome.RECORDED));
            CapacityMeter.Used opened = meter.of(() -> recordAndProject(bad));
            CapacityMeter.Used fixed = meter.of(() -> recordAndProject(mended));
            CapacityMeter.Used confirmed = meter.of(() -> confirm(resource));
            CapacityMeter.Used again = meter.of(() -> recordAndProject(with(bad, 5, bad.verdicts())));

            rows.add(String.format(
                    Locale.ROOT,
                    "%-48s %8d %10.0f %5.0f %6.0f %7.0f %6.0f %8.0f %6.0f",
                    entry.serviceType(),
                    good.verdicts().size(),
                    duplicate.written(),
                    late.written(),
                    same.written(),
                    opened.written(),
                    fixed.written(),
                    confirmed.written(),
                    again.written()));
            assertThat(duplicate.written())
                    .as("%s duplicate", entry.serviceType())
                    .isZero();
            assertThat(duplicate.read()).as("%s duplicate", entry.serviceType()).isLessThanOrEqualTo(0.5);
            assertThat(late.written()).as("%s late", entry.serviceType()).isZero();
            assertThat(same.written()).as("%s newer", entry.serviceType()).isEqualTo(1);
            for (CapacityMeter.Used flip : List.of(opened, fixed, confirmed, again)) {
                assertThat(flip.written())
                        .as("%s flip of %s\n%s", entry.serviceType(), control, rows.getLast())
                        .isPositive()
                        .isLessThanOrEqualTo(FLIP);
            }
        }
        rows.add(String.format(
                Locale.ROOT,
                "largest items in bytes: observation %d, projected %d, finding %d, counters %d, history %d",
                bytesOfTheLargestItem(one -> one.matches("(aws|azure|gcp)#.*")),
                bytesOfTheLargestItem(one -> one.startsWith(Keys.PROJECTED)),
                bytesOfTheLargestItem(one -> one.startsWith(Keys.FINDING)),
                bytesOfTheLargestItem(one -> one.startsWith(Keys.COUNTERS)),
                bytesOfTheLargestItem(one -> one.startsWith(Keys.HISTORY))));
        assertThat(bytesOfTheLargestItem(one -> true)).as(rows.getLast()).isLessThanOrEqualTo(1024);
        print(
                "write units, indexes included",
                String.format(
                        Locale.ROOT,
                        "%-48s %8s %10s %5s %6s %7s %6s %8s %6s",
                        "service type",
                        "verdicts",
                        "duplicate",
                        "late",
                        "newer",
                        "opened",
                        "fixed",
                        "confirm",
                        "again"),
                rows);
    }

    @Test
    void countsWhatTheEmulatorLeavesOut() {
        // When this fails, the emulator reports every item of a transaction, and the meter can take its word again.
        double reported = client
                .transactWriteItems(request -> request.transactItems(update("one"), update("two")))
                .consumedCapacity()
                .stream()
                .mapToDouble(capacity -> capacity.capacityUnits())
                .sum();

        assertThat(reported).isEqualTo(2);
        assertThat(meter.of(() -> client.transactWriteItems(
                                request -> request.transactItems(update("three"), update("four"))))
                        .written())
                .isEqualTo(4);
    }

    private TransactWriteItem update(String sort) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Keys.key("CONTROL", sort))
                        .updateExpression("ADD #n :one")
                        .expressionAttributeNames(Map.of("#n", "n"))
                        .expressionAttributeValues(Map.of(":one", Table.n(1))))
                .build();
    }

    /** The size that a write counts: names and values, a number as half its digits and a byte. */
    private long bytesOfTheLargestItem(Predicate<String> partitions) {
        return client.scanPaginator(request -> request.tableName(table)).items().stream()
                .filter(item -> partitions.test(Table.text(item, Keys.PK)))
                .mapToLong(item -> item.entrySet().stream()
                        .mapToLong(one -> one.getKey().length() + bytes(one.getValue()))
                        .sum())
                .max()
                .orElseThrow();
    }

    private static long bytes(AttributeValue value) {
        if (value.n() != null) {
            return value.n().length() / 2 + 2;
        }
        return value.b() != null
                ? value.b().asByteArrayUnsafe().length
                : value.s().getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void readsNoMoreWhenThereAreMoreResources() {
        CatalogueEntry entry = entry("AWS::RDS::DBInstance");
        List<Cases.Case> cases = Optional.ofNullable(CASES.get(entry)).orElseThrow();
        ControlId control = flippable(entry, cases);
        Verdict failure = failure(entry, cases, control);
        List<String> rows = new ArrayList<>();

        fill(entry, cases, control, failure, 0, MANY / 5);
        List<CapacityMeter.Used> few = reads(control, MANY / 5, rows);
        fill(entry, cases, control, failure, MANY / 5, MANY);
        List<CapacityMeter.Used> many = reads(control, MANY, rows);

        for (int i = 0; i < few.size(); i++) {
            assertThat(many.get(i).items())
                    .as("items of read %d", i)
                    .isPositive()
                    .isLessThanOrEqualTo(few.get(i).items() + SLACK_OF_SHARDS);
        }
        print(
                "items read",
                String.format(Locale.ROOT, "%-10s %-26s %6s %6s %6s", "resources", "read", "items", "units", "calls"),
                rows);
    }

    @Test
    void readsMoreWhenEverythingIsListed() {
        // The control of the test above: what does grow with the number of resources is seen to grow by the same meter.
        CatalogueEntry entry = entry("AWS::RDS::DBInstance");
        List<Cases.Case> cases = Optional.ofNullable(CASES.get(entry)).orElseThrow();
        ControlId control = flippable(entry, cases);
        Verdict failure = failure(entry, cases, control);
        fill(entry, cases, control, failure, 0, 50);
        long few = meter.of(() -> store.findingsByAge(WHOLE, AgeMark.START, 100_000))
                .items();

        fill(entry, cases, control, failure, 50, 150);

        assertThat(meter.of(() -> store.findingsByAge(WHOLE, AgeMark.START, 100_000))
                        .items())
                .isGreaterThan(2 * few);
    }

    private List<CapacityMeter.Used> reads(ControlId control, int resources, List<String> rows) {
        RollupKey bucket = store.rollups(WHOLE).keySet().stream()
                .filter(key -> key.hasFindings() && key.control().equals(control))
                .min(Comparator.comparing(RollupKey::account))
                .orElseThrow();
        Map<String, Runnable> reads = new TreeMap<>(Map.of(
                "rollups",
                () -> assertThat(store.rollups(WHOLE)).isNotEmpty(),
                "findings, a page of " + PAGE,
                () -> assertThat(store.findings(WHOLE, bucket, "", PAGE)).hasSize(PAGE),
                "by age, a page of " + PAGE,
                () -> assertThat(store.findingsByAge(WHOLE, AgeMark.START, PAGE))
                        .hasSize(PAGE)));
        List<CapacityMeter.Used> all = new ArrayList<>();
        reads.forEach((name, read) -> {
            CapacityMeter.Used used = meter.of(read);
            rows.add(String.format(
                    Locale.ROOT,
                    "%-10d %-26s %6d %6.1f %6d",
                    resources,
                    name,
                    used.items(),
                    used.read(),
                    used.calls()));
            all.add(used);
        });
        return all;
    }

    /** Ten accounts, every resource failing the control. */
    private void fill(
            CatalogueEntry entry, List<Cases.Case> cases, ControlId control, Verdict failure, int from, int to) {
        Observation good = observation(entry, cases, resource(entry, "x"), 1);
        SortedMap<ControlId, Verdict> verdicts = replaced(good, control, failure);
        for (int i = from; i < to; i++) {
            ResourceId id = resource(entry, "db-" + i);
            ResourceId one =
                    new ResourceId(id.provider(), "11112222333" + i % 10, id.region(), id.type(), id.nativeId());
            Observation now = new Observation(
                    one, good.serviceType(), good.version(), good.state(), good.catalogueRevision(), LABELS, verdicts);
            Projected next = Projected.advance(Optional.empty(), now, Scope.MAIN, ignored -> false);
            assertThat(store.project(Projection.between(Optional.empty(), next, Optional.empty())))
                    .isTrue();
        }
    }

    private void recordAndProject(Observation observation) {
        assertThat(store.record(observation)).isEqualTo(Outcome.RECORDED);
        Optional<Projected> before = store.projected(observation.resource());
        Projected next = Projected.advance(before, observation, Scope.MAIN, ignored -> false);
        assertThat(store.project(Projection.between(before, next, Optional.empty())))
                .isTrue();
    }

    private void confirm(ResourceId resource) {
        Instant sweep = NOON.plusSeconds(3600);
        Predicate<Instant> confirmed = fixedAt -> fixedAt.isBefore(sweep);
        Optional<Projected> before = store.projected(resource);
        Projected next = before.orElseThrow().confirm(confirmed);
        assertThat(store.project(Projection.between(before, next, Optional.of(sweep))))
                .isTrue();
    }

    private static CatalogueEntry entry(String type) {
        return CASES.keySet().stream()
                .filter(entry -> entry.serviceType().name().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static ControlId flippable(CatalogueEntry entry, List<Cases.Case> cases) {
        SortedMap<ControlId, Verdict> base = base(entry, cases);
        return cases.stream()
                .filter(one -> one.expect().equals("NON_COMPLIANT") && !EXPOSING.contains(one.control()))
                .map(one -> new ControlId(one.control()))
                .filter(control -> base.get(control) instanceof Verdict.Compliant)
                .findFirst()
                .orElseThrow();
    }

    private static Verdict failure(CatalogueEntry entry, List<Cases.Case> cases, ControlId control) {
        Cases.Case failing = cases.stream()
                .filter(one ->
                        one.expect().equals("NON_COMPLIANT") && one.control().equals(control.value()))
                .findFirst()
                .orElseThrow();
        Verdict verdict = Evaluator.of(entry)
                .evaluate(Normaliser.normalise(entry, resource(entry, "one"), version(1), LABELS, failing.document()))
                .get(control);
        return Optional.ofNullable(verdict).orElseThrow();
    }

    private static SortedMap<ControlId, Verdict> base(CatalogueEntry entry, List<Cases.Case> cases) {
        Cases.Case passing = cases.stream()
                .filter(one -> one.expect().equals("COMPLIANT"))
                .findFirst()
                .orElseThrow();
        return Evaluator.of(entry)
                .evaluate(Normaliser.normalise(entry, resource(entry, "one"), version(1), LABELS, passing.document()));
    }

    private static Observation observation(
            CatalogueEntry entry, List<Cases.Case> cases, ResourceId resource, int second) {
        return new Observation(
                resource,
                entry.serviceType(),
                version(second),
                Observation.State.LIVE,
                entry.revision(),
                LABELS,
                base(entry, cases));
    }

    private static Observation with(Observation observation, int second, SortedMap<ControlId, Verdict> verdicts) {
        return new Observation(
                observation.resource(),
                observation.serviceType(),
                version(second),
                observation.state(),
                observation.catalogueRevision(),
                observation.labels(),
                verdicts);
    }

    private static SortedMap<ControlId, Verdict> replaced(Observation good, ControlId control, Verdict verdict) {
        SortedMap<ControlId, Verdict> verdicts = new TreeMap<>(good.verdicts());
        verdicts.put(control, verdict);
        return verdicts;
    }

    private static Version version(int second) {
        return new Version(NOON.plusSeconds(second), 1768200000123L);
    }

    /** Ids as long as the providers' own. */
    private static ResourceId resource(CatalogueEntry entry, String name) {
        String type = entry.match().type();
        return switch (entry.provider()) {
            case AWS ->
                new ResourceId(entry.provider(), "111122223333", "eu-central-1", type, "payments-production-" + name);
            case AZURE ->
                new ResourceId(
                        entry.provider(),
                        "11111111-2222-3333-4444-555555555555",
                        "westeurope",
                        type.toLowerCase(Locale.ROOT),
                        "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg-payments-production/providers/"
                                + type.toLowerCase(Locale.ROOT) + "/payments-production-" + name);
            case GCP ->
                new ResourceId(
                        entry.provider(),
                        "payments-production-4711",
                        "europe-west1",
                        type,
                        "//service.googleapis.com/projects/payments-production-4711/locations/europe-west1/instances/"
                                + name);
        };
    }

    private static void print(String title, String head, List<String> rows) {
        System.out.println(title + "\n" + head + "\n" + String.join("\n", rows));
    }
}
