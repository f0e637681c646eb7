package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.step;
import static dev.demarc.record.Sample.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store writes as JSON it reads again as the same. */
class JsonFormsTest {
    private static final Version PRECISE = new Version(NOON.plusNanos(123_456_789), 42);

    private static Json reread(Json json) {
        return JsonReader.parse(json.write());
    }

    private static List<Observation> observations() {
        Map<ControlId, Verdict> verdicts = Map.of(
                ENCRYPTION,
                PASS,
                NETWORK,
                FAIL,
                new ControlId("DAT-02"),
                DOUBT,
                new ControlId("DAT-03"),
                new Verdict.NotApplicable("\"quoted\" \\ ✓\n"),
                new ControlId("DAT-04"),
                new Verdict.Compliant(List.of()));
        return List.of(
                observed(bucket("a|b \"c\""), PRECISE, "rev-1", LABELS, verdicts),
                observed(bucket("a"), PRECISE, "", Labels.NONE, Map.of()),
                gone("a", 1));
    }

    @Test
    void keepObservations() {
        for (Observation observation : observations()) {
            assertThat(ObservationJson.read(reread(ObservationJson.write(observation))))
                    .isEqualTo(observation);
        }
    }

    @Test
    void keepObservationsWithoutTheIndexesOfListElements() {
        Observation indexed = observed(
                bucket("a"), 1, Map.of(ENCRYPTION, new Verdict.Compliant(List.of("rules[0].port", "rules[1].port"))));

        Json json = ObservationJson.write(indexed);

        assertThat(ObservationJson.write(ObservationJson.read(json))).isEqualTo(json);
    }

    @Test
    void keepProjectedStates() {
        for (Observation observation : observations()) {
            Projected state = first(observation);
            assertThat(ProjectedJson.read(reread(ProjectedJson.write(state)))).isEqualTo(state);
        }
    }

    @Test
    void keepStoredFindings() {
        List<StoredFinding> findings = observations().stream()
                .flatMap(observation -> first(observation).findings().stream())
                .toList();

        assertThat(findings).hasSize(3).extracting(StoredFinding::exposed).contains(true, false);
        for (StoredFinding finding : findings) {
            assertThat(StoredFindingJson.read(reread(StoredFindingJson.write(finding))))
                    .isEqualTo(finding);
        }
    }

    @Test
    void keepStepsOfHistory() {
        HistoryEntry entry = step(Optional.empty(), first(observations().getFirst()))
                .history()
                .orElseThrow();

        assertThat(entry.changes()).hasSizeGreaterThan(3);
        assertThat(HistoryEntryJson.read(reread(HistoryEntryJson.write(entry)))).isEqualTo(entry);
    }

    @ParameterizedTest
    @EnumSource
    void keepSweepEvidence(SweepEvidence.State state) {
        SweepEvidence evidence = sweep(ACCOUNT, BUCKET, NOON.plusNanos(1), state);

        assertThat(SweepEvidenceJson.read(reread(SweepEvidenceJson.write(evidence))))
                .isEqualTo(evidence);
    }

    @Test
    void keepPoisonWithAndWithoutAnAccount() {
        for (Optional<AccountId> account : List.of(Optional.of(ACCOUNT), Optional.<AccountId>empty())) {
            Poison poison = new Poison(account, "stream", "ab12", "not \"JSON\"", 7, NOON, NOON.plusNanos(1), 3);
            assertThat(PoisonJson.read(reread(PoisonJson.write(poison)))).isEqualTo(poison);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"version\":\"yesterday\",\"resource\":\"a|b\"}"})
    void refuseWhatIsNoneOfThem(String text) {
        Json json = JsonReader.parse(text);
        List<Function<Json, ?>> readers = List.of(
                ObservationJson::read,
                ProjectedJson::read,
                StoredFindingJson::read,
                HistoryEntryJson::read,
                SweepEvidenceJson::read,
                PoisonJson::read);

        readers.forEach(reader -> assertThatThrownBy(() -> reader.apply(json)).isInstanceOf(RuntimeException.class));
    }
}
