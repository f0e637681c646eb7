package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.BUCKET;
import static dev.demarc.query.Landscape.FAIL;
import static dev.demarc.query.Landscape.LABELLED;
import static dev.demarc.query.Landscape.NOW;
import static dev.demarc.query.Landscape.OTHER;
import static dev.demarc.query.Landscape.PUBLIC;
import static dev.demarc.query.Landscape.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A waived finding stays visible, with its category, and says who accepted it and until when. */
class WaivedTest {
    private static final Instant SOON = NOW.plus(Duration.ofDays(1));
    private static final FindingFilter WAIVED = Filters.of("waived", "true");
    private static final FindingFilter OPEN = Filters.of(Map.of(
            "waived", Set.of("false"), "question", Set.of("IMPLEMENTED"), "control", Set.of("DAT-06", "IDN-03")));

    private final Landscape landscape = new Landscape()
            .bucket("a", Map.of(RESTORE, FAIL, PUBLIC, FAIL))
            .bucket("b", Map.of(RESTORE, FAIL))
            .bucket(OTHER, "c", LABELLED, Map.of(RESTORE, FAIL));

    private static Waiver.Subject everywhere(ControlId control) {
        return new Waiver.Subject(control, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Waiver.Subject on(String account, String bucket) {
        return new Waiver.Subject(
                RESTORE, Optional.of(Landscape.bucketId(account, bucket).key()), Optional.empty(), Optional.empty());
    }

    private List<String> ids(FindingFilter filter) {
        return landscape.posture().all(filter, Sort.PRIORITY).map(Finding::id).toList();
    }

    @Test
    void showsTheWaiverAndKeepsTheCategory() {
        landscape.waived("w1", everywhere(RESTORE), SOON);

        assertThat(landscape.posture().all(WAIVED, Sort.PRIORITY)).hasSize(3).allSatisfy(one -> {
            assertThat(one.control()).isEqualTo(RESTORE);
            assertThat(one.category()).isEqualTo(Category.REMEDIATE);
            assertThat(one.waived()).contains(new Finding.Waived("w1", "blue", SOON));
            assertThat(one.json().at("waiver").textAt("id", "")).isEqualTo("w1");
        });
        assertThat(ids(OPEN)).hasSize(1).allSatisfy(id -> assertThat(id).endsWith("IDN-03"));
    }

    @Test
    void reopensWhenTheWaiverExpires() {
        landscape.waived("w1", everywhere(RESTORE), SOON);
        Scope scope = Scope.operator(Scope.MAIN);

        assertThat(landscape
                        .posture(scope, SOON.minusSeconds(1))
                        .counts(WAIVED, List.of())
                        .total())
                .isEqualTo(3);
        assertThat(landscape.posture(scope, SOON).counts(WAIVED, List.of()).total())
                .isZero();
    }

    @Test
    void answersFromCountersWhatCoversMoreThanSingleResources() {
        landscape.waived(
                "w1",
                new Waiver.Subject(
                        RESTORE, Optional.empty(), Optional.of(Landscape.account(ACCOUNT)), Optional.of(BUCKET)),
                SOON);

        Counts waived = landscape.posture().counts(WAIVED, List.of(Dimension.ACCOUNT));
        FindingPage page = landscape.posture().findings(WAIVED, Sort.PRIORITY, 1, Optional.empty());

        assertThat(waived.exact()).isTrue();
        assertThat(waived.total()).isEqualTo(2);
        assertThat(page.exact()).isTrue();
        assertThat(page.total()).isEqualTo(2);
    }

    @Test
    void looksAtEachFindingWhereSingleResourcesAreWaived() {
        landscape.waived("w1", on(ACCOUNT, "a"), SOON);

        assertThat(ids(WAIVED)).containsExactly(Landscape.bucketId(ACCOUNT, "a").key() + "|DAT-06");
        assertThat(ids(OPEN)).hasSize(3).doesNotContainAnyElementsOf(ids(WAIVED));
        Counts open = landscape.posture().counts(OPEN, List.of());
        assertThat(open.exact()).isFalse();
        assertThat(open.total()).isGreaterThanOrEqualTo(3);
        FindingPage page = landscape.posture().findings(OPEN, Sort.PRIORITY, 1, Optional.empty());
        assertThat(page.exact()).isFalse();
        assertThat(page.total()).isBetween(1L, 3L);
    }

    @Test
    void showsTheWaiverThatLastsLongest() {
        landscape
                .waived("w2", everywhere(RESTORE), SOON)
                .waived("w1", on(ACCOUNT, "a"), SOON.plusSeconds(1))
                .waived("w3", everywhere(RESTORE), NOW);

        assertThat(landscape.posture().findingsOf(Landscape.bucketId(ACCOUNT, "a")))
                .filteredOn(one -> one.control().equals(RESTORE))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.waived().orElseThrow().waiver()).isEqualTo("w1"));
    }

    @Test
    void waivesFindingsWithoutAResource() {
        landscape
                .waived("w1", everywhere(new ControlId("MCC-01")), SOON)
                .waived(
                        "w2",
                        new Waiver.Subject(
                                new ControlId("MCC-06"),
                                Optional.empty(),
                                Optional.of(Landscape.account(OTHER)),
                                Optional.empty()),
                        SOON);

        assertThat(ids(WAIVED))
                .containsExactlyInAnyOrder(
                        "aws|*|*|AWS::S3::Bucket|*|MCC-01|DOCUMENTED",
                        "aws|444455556666|*|AWS::S3::Bucket|*|MCC-06|VALIDATED");
    }

    /** The gap was LOW when it was waived: the defaults said so. Now they say what the data is worth. */
    @ParameterizedTest
    @EnumSource(WaiverTerms.class)
    void doesNotCoverWhatIsMoreUrgentThanItWasDecidedFor(WaiverTerms terms) {
        landscape
                .reviewed("\"sensitivity\": \"restricted\"", "\"criticality\": \"high\"")
                .bucket(OTHER, "unlabelled", Labels.NONE, Map.of(RESTORE, FAIL, PUBLIC, FAIL))
                .waived("w1", everywhere(RESTORE), SOON, terms);
        Set<Priority.Band> bands = EnumSet.noneOf(Priority.Band.class);

        assertThat(landscape.posture().all(Filters.of("control", RESTORE.value()), Sort.PRIORITY))
                .isNotEmpty()
                .allSatisfy(one -> {
                    bands.add(one.priority().band());
                    assertThat(one.waived().isPresent())
                            .as(one.id() + " " + one.priority().band())
                            .isEqualTo(one.priority().band().name().equals(terms.name())
                                    || one.priority().band().compareTo(Priority.Band.valueOf(terms.name())) > 0);
                });
        assertThat(bands).hasSizeGreaterThan(1);
        assertThat(landscape.posture().counts(WAIVED, List.of()).total())
                .isEqualTo(landscape.posture().all(WAIVED, Sort.PRIORITY).count());
    }

    @Test
    void namesTheWaiversThatWhatTheyNameHasOutgrown() {
        Labels vital = Landscape.labels(Labels.Level.CRITICAL, Labels.Level.CRITICAL);
        landscape.bucket(ACCOUNT, "a", vital, Map.of(RESTORE, FAIL, PUBLIC, FAIL));
        Priority.Band exposed = band("a");
        Priority.Band quiet = band("b");
        assertThat(exposed).isLessThan(quiet);
        WaiverTerms low = WaiverTerms.valueOf(quiet.name());
        landscape
                .waived("everywhere", everywhere(RESTORE), SOON, low)
                .waived("on-the-exposed", on(ACCOUNT, "a"), SOON, low)
                .waived("on-a-quiet-one", on(ACCOUNT, "b"), SOON, low)
                .waived("of-one-that-is-gone", on(ACCOUNT, "z"), SOON, low)
                .waived("of-another-control", everywhere(new ControlId("DAT-08")), SOON, WaiverTerms.LOW)
                .waived("in-the-account", in(ACCOUNT), SOON, low)
                .waived("in-another-account", in(OTHER), SOON, low)
                .waived("strict-enough", everywhere(RESTORE), SOON, WaiverTerms.valueOf(exposed.name()))
                .waived("expired", everywhere(RESTORE), NOW, low);

        assertThat(landscape.posture().outgrownWaivers())
                .extracting(one -> one.waiver().id(), OutgrownWaiver::reached)
                .containsExactly(
                        tuple("everywhere", exposed),
                        tuple("in-the-account", exposed),
                        tuple("on-the-exposed", exposed));
    }

    @Test
    void namesAWaiverOfATypeThatItsFindingHasOutgrown() {
        ControlId recorded = new ControlId("MCC-01");
        landscape.waived("w1", everywhere(recorded), SOON, WaiverTerms.LOW);
        Priority.Band band = landscape
                .posture()
                .all(Filters.of("control", recorded.value()), Sort.PRIORITY)
                .findFirst()
                .orElseThrow()
                .priority()
                .band();

        assertThat(band).isLessThan(Priority.Band.LOW);
        assertThat(landscape.posture().outgrownWaivers())
                .extracting(OutgrownWaiver::reached)
                .containsExactly(band);
    }

    private static Waiver.Subject in(String account) {
        return new Waiver.Subject(
                RESTORE, Optional.empty(), Optional.of(Landscape.account(account)), Optional.of(BUCKET));
    }

    private Priority.Band band(String bucket) {
        return landscape.posture().findingsOf(Landscape.bucketId(ACCOUNT, bucket)).stream()
                .filter(one -> one.control().equals(RESTORE))
                .findFirst()
                .orElseThrow()
                .priority()
                .band();
    }
}
