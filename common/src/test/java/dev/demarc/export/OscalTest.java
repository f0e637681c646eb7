package dev.demarc.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SpecificationVersion;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.query.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OscalTest {
    private static final FormatSchema SCHEMA =
            FormatSchema.of("oscal-1.2.1-assessment-results.json", SpecificationVersion.DRAFT_7);

    @Test
    void satisfiesTheSchemaForEveryKindOfFinding() {
        assertThat(SCHEMA.mistakes(document(Findings.ofEveryKind().stream()))).isEmpty();
    }

    @Test
    void satisfiesTheSchemaWithHostileTexts() {
        assertThat(SCHEMA.mistakes(document(Findings.hostile()))).isEmpty();
    }

    @Test
    void satisfiesTheSchemaWithoutAFinding() {
        String document = document(Stream.empty());

        assertThat(SCHEMA.mistakes(document)).isEmpty();
        assertThat(results(document))
                .singleElement()
                .satisfies(result -> assertThat(result.at("findings").isNull()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "state":"not-satisfied"     | "state":"failed"
            "last-modified":"2026       | "last-modified":"26
            "import-ap":                | "imported-ap":
            "reviewed-controls":        | "controls":
            "target-id":"DAT-06"        | "target-id":"DAT 06"
            "risk-uuid":"               | "risk-uuid":"x
            "type":"objective-id"       | "type":"control"
            "collected":                | "seen":
            "statement":                | "claim":
            "title":"Data can           | "title":"Data\\ncan
            "value":"blue"              | "value":"blue "
            """)
    void catchesASeededMistake(String right, String wrong) {
        String document = document(Stream.of(Findings.resource(1)));
        String broken = document.replace(right, wrong.equals("\"value\":\"blue\"") ? "\"value\":\"blue \"" : wrong);

        assertThat(broken).isNotEqualTo(document);
        assertThat(SCHEMA.mistakes(broken)).isNotEmpty();
    }

    @Test
    void refersOnlyToWhatIsThere() {
        String document = document(Findings.ofEveryKind().stream());

        assertThat(dangling(JsonReader.parse(document))).isEmpty();
        assertThat(dangling(JsonReader.parse(
                        document.replaceFirst("\"risk-uuid\":\"........", "\"risk-uuid\":\"00000000"))))
                .as("with one reference broken")
                .hasSize(1);
    }

    @Test
    void givesEveryThingAnIdOfItsOwn() {
        List<String> ids = new ArrayList<>();
        collect(JsonReader.parse(document(Findings.ofEveryKind().stream())), "uuid", ids);

        assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(ids).allSatisfy(id -> assertThat(id.charAt(14)).isEqualTo('5'));
    }

    @Test
    void namesAFindingAlikeInEveryExport() {
        Json alone = results(document(Stream.of(Findings.waived()))).getFirst();
        Json among = results(document(Findings.ofEveryKind().stream())).getFirst();

        assertThat(among.at("findings").elements())
                .contains(alone.at("findings").elements().getFirst());
    }

    @Test
    void showsAWaiverAsAnApprovedDeviationUntilItExpires() {
        assertThat(risk(Findings.waived()).textAt("status", "")).isEqualTo("deviation-approved");
        assertThat(risk(Findings.waived()).textAt("deadline", "")).isEqualTo("2026-12-24T00:00:00Z");
        assertThat(risk(Findings.resource(1)).textAt("status", "")).isEqualTo("open");
        assertThat(risk(Findings.resource(1)).at("deadline").isNull()).isTrue();
        assertThat(risk(Findings.fixed()).textAt("status", "")).isEqualTo("remediating");
    }

    @Test
    void startsANewResultAfterAThousandFindings() {
        String document = document(IntStream.range(0, 2100).mapToObj(Findings::resource));

        assertThat(results(document))
                .extracting(result -> result.at("findings").elements().size())
                .containsExactly(1000, 1000, 100);
        assertThat(results(document).getLast().textAt("title", "")).isEqualTo("Findings 2001 to 2100");
        assertThat(SCHEMA.mistakes(document)).isEmpty();
    }

    private static Json risk(Finding finding) {
        return results(document(Stream.of(finding)))
                .getFirst()
                .at("risks")
                .elements()
                .getFirst();
    }

    private static List<Json> results(String document) {
        return JsonReader.parse(document).at("assessment-results").at("results").elements();
    }

    private static String document(Stream<Finding> findings) {
        return Findings.write(ExportFormat.OSCAL, findings);
    }

    private static List<String> dangling(Json document) {
        List<String> ids = new ArrayList<>();
        collect(document, "uuid", ids);
        List<String> references = new ArrayList<>();
        for (String member : List.of("risk-uuid", "observation-uuid", "subject-uuid", "actor-uuid")) {
            collect(document, member, references);
        }
        references.add(document.at("assessment-results")
                .at("import-ap")
                .textAt("href", "")
                .substring(1));
        references.removeAll(ids);
        return references;
    }

    private static void collect(Json value, String name, List<String> found) {
        for (Map.Entry<String, Json> member : value.members().entrySet()) {
            if (member.getKey().equals(name)) {
                member.getValue().text().ifPresent(found::add);
            }
            collect(member.getValue(), name, found);
        }
        value.elements().forEach(element -> collect(element, name, found));
    }
}
