package dev.demarc.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SpecificationVersion;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.query.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcsfTest {
    private static final FormatSchema SCHEMA =
            FormatSchema.of("ocsf-1.8.0-compliance-finding.json", SpecificationVersion.DRAFT_2020_12);

    @Test
    void satisfiesTheSchemaOfTheClassForEveryKindOfFinding() {
        assertThat(events(Findings.ofEveryKind().stream()))
                .hasSize(Findings.ofEveryKind().size())
                .allSatisfy(event -> assertThat(SCHEMA.mistakes(event)).isEmpty());
    }

    @Test
    void satisfiesTheSchemaWithHostileTexts() {
        assertThat(events(Findings.hostile()))
                .hasSize(Findings.HOSTILE.size())
                .allSatisfy(event -> assertThat(SCHEMA.mistakes(event)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "class_uid":2003      | "class_uid":2004
            "time":17             | "time":"17
            "severity_id":        | "severity_id":1
            "compliance":         | "complaince":
            "uid":                | "uuid":
            "status_id":1         | "status_id":77
            "type_uid":200302     | "type_uid":200402
            "unmapped":{          | "mapped":{
            """)
    void catchesASeededMistake(String right, String wrong) {
        String event = events(Stream.of(Findings.resource(1))).getFirst();
        String broken = event.replace(right, wrong).replaceAll("\"time\":\"(\\d+)", "\"time\":\"$1\"");

        assertThat(broken).isNotEqualTo(event);
        assertThat(SCHEMA.mistakes(broken)).isNotEmpty();
    }

    @Test
    void saysTimesInMillisecondsWhichTheSchemaCannotTellFromSeconds() {
        for (String event : events(Findings.ofEveryKind().stream())) {
            assertThat(timesOutsideOurCentury(JsonReader.parse(event))).isEmpty();
        }
        String seconds =
                events(Stream.of(Findings.resource(1))).getFirst().replaceAll("(_?time\":\\d{10})\\d{3}", "$1");
        assertThat(SCHEMA.mistakes(seconds)).isEmpty();
        assertThat(timesOutsideOurCentury(JsonReader.parse(seconds))).hasSizeGreaterThan(2);
    }

    @Test
    void tellsTheStateOfAFinding() {
        assertThat(event(Findings.resource(1)).textAt("status", "")).isEqualTo("New");
        assertThat(event(Findings.waived()).textAt("status", "")).isEqualTo("Suppressed");
        assertThat(event(Findings.waived()).longAt("status_id", 0)).isEqualTo(3);
        assertThat(event(Findings.fixed()).textAt("status", "")).isEqualTo("In Progress");
        assertThat(event(Findings.resource(1)).at("compliance").longAt("status_id", -1))
                .isEqualTo(3);
        assertThat(event(Findings.unjudged()).at("compliance").longAt("status_id", -1))
                .isZero();
        assertThat(event(Findings.unvalidated()).at("compliance").longAt("status_id", -1))
                .isEqualTo(2);
    }

    @Test
    void namesTheCloudTheResourceAndWhatOcsfHasNoPlaceFor() {
        Json event = event(Findings.azure());

        assertThat(event.at("cloud").textAt("provider", "")).isEqualTo("Azure");
        assertThat(event.at("cloud").textAt("region", "")).isEqualTo("westeurope");
        assertThat(event.at("cloud").at("account").longAt("type_id", 0)).isEqualTo(13);
        assertThat(event.at("resources").elements().getFirst().textAt("criticality", ""))
                .isEqualTo("Low");
        assertThat(event.at("unmapped").textAt("responsibility", "")).isEqualTo("CUSTOMER");
        assertThat(event.at("unmapped").at("assurance").members())
                .containsKeys("documented", "implemented", "validated");
        assertThat(event(Findings.global()).at("cloud").at("region").isNull()).isTrue();
        assertThat(event(Findings.undocumented()).at("cloud").at("account").isNull())
                .isTrue();
        assertThat(event.longAt("type_uid", 0)).isEqualTo(200301);
        assertThat(event(Findings.resource(1)).longAt("type_uid", 0)).isEqualTo(200302);
    }

    private static Json event(Finding finding) {
        return JsonReader.parse(events(Stream.of(finding)).getFirst());
    }

    private static List<String> events(Stream<Finding> findings) {
        return Findings.write(ExportFormat.OCSF, findings).lines().toList();
    }

    private static List<String> timesOutsideOurCentury(Json value) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Json> member : value.members().entrySet()) {
            if (member.getKey().endsWith("time")) {
                Instant time = Instant.ofEpochMilli(value.longAt(member.getKey(), 0));
                if (time.isBefore(Instant.parse("2001-01-01T00:00:00Z"))
                        || time.isAfter(Instant.parse("2101-01-01T00:00:00Z"))) {
                    found.add(member.getKey() + " " + time);
                }
            }
            found.addAll(timesOutsideOurCentury(member.getValue()));
        }
        return found;
    }
}
