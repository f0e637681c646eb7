package dev.demarc.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityAndVersionTest {
    private static final ResourceId BUCKET =
            new ResourceId(Provider.AWS, "111122223333", "eu-west-1", "AWS::S3::Bucket", "a|b");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # earlier, its rank, later, its rank
            2026-01-01T00:00:00Z,        0,  2026-01-01T00:00:00.000000001Z, 0
            2026-01-01T00:00:00.9Z,      7,  2026-01-01T00:00:01Z,           0
            2026-01-01T00:00:00Z,        9,  2026-01-01T00:00:00Z,           10
            """)
    void versionsSortAsTextTheWayTheyCompare(Instant earlier, long rank, Instant later, long laterRank) {
        Version first = new Version(earlier, rank);
        Version second = new Version(later, laterRank);

        assertThat(first).isLessThan(second);
        assertThat(first.sortable()).isLessThan(second.sortable()).hasSameSizeAs(second.sortable());
        assertThat(Version.ofSortable(first.sortable())).isEqualTo(first).hasToString(first.sortable());
    }

    @Test
    void aVersionRefusesNegativeRanksAndOtherTexts() {
        assertThatThrownBy(() -> new Version(Instant.EPOCH, -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Version.ofSortable("yesterday")).hasMessageContaining("yesterday");
    }

    @Test
    void aResourceKeyReadsBackEvenWhenTheProvidersIdHoldsTheSeparator() {
        assertThat(ResourceId.ofKey(BUCKET.key())).isEqualTo(BUCKET).hasToString(BUCKET.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws|1|eu", "mars|1|eu|t|id", "aws||eu|t|id"})
    void aKeyThatIsNoneIsRefused(String key) {
        assertThatThrownBy(() -> ResourceId.ofKey(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idsAndTypesShowTheBadValue() {
        assertThatThrownBy(() -> new ControlId("dat-3"))
                .hasMessageContaining("dat-3")
                .hasMessageContaining("DAT-03");
        assertThatThrownBy(() -> new ServiceType(" ")).hasMessageContaining("name");
        assertThatThrownBy(() -> new ResourceId(Provider.GCP, "a|b", "-", "t", "id"))
                .hasMessageContaining("account");
        assertThat(new ControlId("DAT-03")).isLessThan(new ControlId("DAT-04")).hasToString("DAT-03");
        assertThat(new ServiceType("a")).isLessThan(new ServiceType("b")).hasToString("a");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            public, LOW
            Internal, MEDIUM
            ' high ', HIGH
            restricted, CRITICAL
            """)
    void levelsUnderstandTheUsualWords(String word, Labels.Level level) {
        assertThat(Labels.Level.of(word)).contains(level);
        assertThat(level.weight()).isBetween(1, 4);
    }

    @Test
    void labelsComeFromTagsByKeysWithoutCaseAndAnUnknownWordIsNone() {
        Labels labels = Labels.from(
                Map.of("Data-Class", "confidential", "criticality", "whatever", "TEAM", "ledger"), TagKeys.DEFAULT);

        assertThat(labels)
                .isEqualTo(new Labels(Optional.of(Labels.Level.HIGH), Optional.empty(), Optional.of("ledger")));
        assertThat(Labels.from(Map.of("owner", " "), TagKeys.DEFAULT)).isEqualTo(Labels.NONE);
    }

    @Test
    void verdictsReadBackFromTheirWordAndReason() {
        for (Verdict verdict : List.of(
                new Verdict.Compliant(List.of("a", "b")),
                new Verdict.Compliant(List.of()),
                new Verdict.NonCompliant("no"),
                new Verdict.NotApplicable("not here"),
                new Verdict.Unknown("missing"))) {
            assertThat(Verdict.of(verdict.word(), verdict.reason())).isEqualTo(verdict);
        }
        assertThatThrownBy(() -> Verdict.of("FINE", "")).hasMessageContaining("FINE");
    }

    @Test
    void aVerdictNamesAListOnceHoweverManyElementsWereRead() {
        Verdict verdict = new Verdict.Compliant(List.of("rules", "rules[0].port", "rules[1].port", "mode"));

        assertThat(verdict.reason()).isEqualTo("read: rules, mode");
    }

    @Test
    void twoObservationsSayTheSameWhenOnlyTheVersionDiffers() {
        Observation first = observation(Instant.EPOCH, "rev");
        Observation later = observation(Instant.EPOCH.plusSeconds(1), "rev");

        assertThat(first.saysTheSameAs(later)).isTrue();
        assertThat(first.saysTheSameAs(observation(Instant.EPOCH, "other"))).isFalse();
        assertThat(first.isLive()).isTrue();
        assertThat(first.isCatalogued()).isTrue();
    }

    @Test
    void aTombstoneHasNoVerdictsAndIsNotLive() {
        Observation gone =
                Observation.tombstone(BUCKET, new ServiceType("AWS::S3::Bucket"), new Version(Instant.EPOCH, 0));

        assertThat(gone.isLive()).isFalse();
        assertThat(gone.isCatalogued()).isFalse();
        assertThat(gone.verdicts()).isEmpty();
    }

    @Test
    void providersHaveOneWord() {
        assertThat(Provider.of("azure")).isEqualTo(Provider.AZURE);
        assertThatThrownBy(() -> Provider.of("oracle")).hasMessageContaining("oracle");
    }

    private static Observation observation(Instant at, String revision) {
        return new Observation(
                BUCKET,
                new ServiceType("AWS::S3::Bucket"),
                new Version(at, 0),
                Observation.State.LIVE,
                revision,
                Labels.NONE,
                new TreeMap<>(Map.of(new ControlId("DAT-03"), new Verdict.NonCompliant("no"))));
    }
}
