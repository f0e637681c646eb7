package dev.demarc.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SpecificationVersion;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.query.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsffTest {
    private static final FormatSchema SCHEMA =
            FormatSchema.of("asff-2018-10-08-batch.json", SpecificationVersion.DRAFT_2020_12);

    @Test
    void satisfiesTheShapeOfTheImportForEveryKindOfFinding() {
        String request = Findings.write(ExportFormat.ASFF, Findings.ofEveryKind().stream());

        assertThat(SCHEMA.mistakes(request)).isEmpty();
    }

    @Test
    void satisfiesTheShapeAndTheSizeWithHostileTexts() {
        String request = Findings.write(ExportFormat.ASFF, Findings.hostile());

        assertThat(SCHEMA.mistakes(request)).isEmpty();
        assertThat(JsonReader.parse(request).at("Findings").elements())
                .hasSize(Findings.HOSTILE.size())
                .allSatisfy(one -> assertThat(one.write().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThan(240 * 1024));
        assertThat(Findings.write(ExportFormat.NDJSON, Findings.hostile()).lines())
                .as("uncut")
                .anySatisfy(line -> assertThat(line.length()).isGreaterThan(240 * 1024));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "Label":"CRITICAL"        | "Label":"SEVERE"
            "Label":"HIGH"            | "Label":"SEVERE"
            "Status":"FAILED"         | "Status":"BROKEN"
            "Status":"NEW"            | "Status":"OPEN"
            "RecordState":"ACTIVE"    | "RecordState":"LIVE"
            "SchemaVersion":"2018-10-08" | "SchemaVersion":"2018-10-09"
            "Type":"AwsS3Bucket"      | "Type":"AwsBucket"
            "AwsAccountId":           | "AccountId":
            "Criticality":            | "Criticality":"a","X":
            "Title":"                 | "Title":"${long}
            "Resources":[             | "Resources":{},"R":[
            """)
    void catchesASeededMistake(String right, String wrong) {
        String request = Findings.write(ExportFormat.ASFF, Stream.of(Findings.resource(1)));
        String broken = request.replace(right, wrong.replace("${long}", "x".repeat(300)));

        if (request.contains(right)) {
            assertThat(SCHEMA.mistakes(broken)).isNotEmpty();
        } else {
            assertThat(right).startsWith("\"Label\"");
        }
    }

    @Test
    void putsAHundredFindingsIntoARequest() {
        List<String> requests = Findings.write(
                        ExportFormat.ASFF, IntStream.range(0, 250).mapToObj(Findings::resource))
                .lines()
                .toList();

        assertThat(requests)
                .extracting(
                        line -> JsonReader.parse(line).at("Findings").elements().size())
                .containsExactly(100, 100, 50);
        assertThat(Findings.write(ExportFormat.ASFF, Stream.empty())).isEmpty();
    }

    @Test
    void belongsToTheDefaultProductOfTheImportingAccount() {
        Json finding = only(Findings.resource(1));

        assertThat(finding.textAt("ProductArn", ""))
                .isEqualTo("arn:aws:securityhub:eu-west-1:999988887777:product/999988887777/default");
        assertThat(finding.textAt("AwsAccountId", "")).isEqualTo("999988887777");
        assertThat(finding.at("ProductFields").textAt("demarc/Account", "")).isEqualTo("111122223333");
    }

    @Test
    void tellsTheStateOfAFinding() {
        assertThat(only(Findings.resource(1)).at("Workflow").textAt("Status", ""))
                .isEqualTo("NEW");
        assertThat(only(Findings.waived()).at("Workflow").textAt("Status", "")).isEqualTo("SUPPRESSED");
        assertThat(only(Findings.resource(1)).at("Compliance").textAt("Status", ""))
                .isEqualTo("FAILED");
        assertThat(only(Findings.unjudged()).at("Compliance").textAt("Status", ""))
                .isEqualTo("NOT_AVAILABLE");
        assertThat(only(Findings.unvalidated()).at("Compliance").textAt("Status", ""))
                .isEqualTo("WARNING");
    }

    @Test
    void isNewerThanTheLastImportSoThatAWaiverArrives() {
        assertThat(only(Findings.waived()).textAt("UpdatedAt", "")).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(only(Findings.waived()).textAt("CreatedAt", "")).isEqualTo("2026-11-01T08:30:00.123Z");
    }

    @Test
    void keepsIdsApartThatAreTooLongForTheFormat() {
        Stream<Finding> hostile = Findings.hostile();

        List<String> ids =
                JsonReader.parse(Findings.write(ExportFormat.ASFF, hostile)).at("Findings").elements().stream()
                        .map(one -> one.textAt("Id", ""))
                        .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    private static Json only(Finding finding) {
        return JsonReader.parse(Findings.write(ExportFormat.ASFF, Stream.of(finding)))
                .at("Findings")
                .elements()
                .getFirst();
    }
}
