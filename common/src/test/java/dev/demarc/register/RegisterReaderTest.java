package dev.demarc.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterReaderTest {
    @Test
    void readsEveryPart() {
        RegisterReader.Result result = RegisterReader.read(JsonReader.parse("""
                {"organisation": "Example", "windows": {"event-hours": 12, "sweep-hours": 30},
                 "tag-keys": {"sensitivity": ["Classification"]},
                 "entries": [{"service-type": "AWS::S3::Bucket", "owner": "storage", "reviewed-by": "A. Reviewer",
                   "reviewed-on": "2026-01-01", "expires-on": "2027-01-01", "approved": true,
                   "catalogue-revision": "0123456789ab", "controls": ["DAT-06"], "row-revisions": {"DAT-06": "ba9876543210"},
                   "sensitivity": "restricted", "criticality": "low"}]}"""));

        assertThat(result.mistakes()).isEmpty();
        Register register = result.register();
        RegisterEntry entry = register.entry(new ServiceType("AWS::S3::Bucket")).orElseThrow();
        assertThat(register.windows()).isEqualTo(new Register.Windows(Duration.ofHours(12), Duration.ofHours(30)));
        assertThat(register.tagKeys().sensitivity()).containsExactly("Classification");
        assertThat(register.tagKeys().criticality()).isEqualTo(TagKeys.DEFAULT.criticality());
        assertThat(entry.owner()).isEqualTo("storage");
        assertThat(entry.reviewedOn()).isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(entry.catalogueRevision()).contains("0123456789ab");
        assertThat(entry.controls()).containsExactly(new ControlId("DAT-06"));
        assertThat(entry.rowRevisions()).isEqualTo(Map.of(new ControlId("DAT-06"), "ba9876543210"));
        assertThat(register.organisation()).contains("Example");
        assertThat(entry.sensitivity()).contains(Level.CRITICAL);
        assertThat(entry.criticality()).contains(Level.LOW);
    }

    @Test
    void takesAnEntryAsNotApprovedUnlessItSaysSo() {
        RegisterReader.Result result = RegisterReader.read(JsonReader.parse("""
                {"entries": [{"service-type": "A", "owner": "o", "reviewed-on": "2026-01-01", "expires-on": "2027-01-01",
                              "approved": "yes"}]}"""));

        assertThat(result.register().entry(new ServiceType("A")).orElseThrow().approved())
                .isFalse();
        assertThat(result.mistakes())
                .extracting(RegisterReader.Mistake::pointer)
                .contains("/entries/0/approved");
    }

    @Test
    void collectsEveryMistakeWithItsPlace() {
        RegisterReader.Result result = RegisterReader.read(JsonReader.parse("""
                {"entries": [
                  {"service-type": "A", "owner": "", "reviewed-by": "r", "approved": true, "reviewed-on": "yesterday", "expires-on": "2027-13-01"},
                  {"service-type": "A", "owner": "o", "reviewed-by": "r", "approved": true, "reviewed-on": "2026-01-01", "expires-on": "2025-01-01"},
                  {"service-type": "B", "owner": "o", "reviewed-by": "r", "approved": true, "reviewed-on": "2026-01-01", "expires-on": "2027-01-01",
                   "controls": ["DAT-06", "encryption"], "criticality": "somewhat"}]}"""));

        assertThat(result.mistakes().stream()
                        .map(RegisterReader.Mistake::pointer)
                        .sorted())
                .isEqualTo(List.of(
                        "/entries/0",
                        "/entries/0/expires-on",
                        "/entries/0/reviewed-on",
                        "/entries/1",
                        "/entries/1/service-type",
                        "/entries/2/controls/1",
                        "/entries/2/criticality"));
        assertThat(result.mistakes())
                .allSatisfy(one -> assertThat(one.message()).isNotBlank());
    }

    /** One at a time into a register without mistakes: each is found, where it is, and nothing else. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # what is replaced; by what; where the mistake is
            "organisation": "Example"; "organisation": 7; /organisation
            "organisation": "Example"; "organization": "Example"; /organization
            "organisation": "Example"; "a/b~c": 1; /a~1b~0c
            "event-hours": 12; "event-hours": 0; /windows/event-hours
            "event-hours": 12; "event-hours": "12"; /windows/event-hours
            "event-hours": 12; "event-hours": 8761; /windows/event-hours
            "event-hours": 12; "events": 12; /windows/events
            ["class"]; []; /tag-keys/sensitivity
            ["class"]; [1]; /tag-keys/sensitivity
            ["class"]; "class"; /tag-keys/sensitivity
            "owner": "storage"; "owner": " "; /entries/0
            "owner": "storage"; "owner": 5; /entries/0/owner
            "owner": "storage"; "owner": "TODO"; /entries/0
            "reviewed-by": "r"; "note": "r"; /entries/0
            "approved": true; "approved": "true"; /entries/0/approved
            "approved": true; "note": ""; /entries/0
            2026-01-01; 2026-02-30; /entries/0/reviewed-on
            2026-01-01; +2026-01-01; /entries/0/reviewed-on
            2026-01-01; 2028-01-01; /entries/0
            "0123456789ab"; "0123"; /entries/0/catalogue-revision
            "ba9876543210"; "latest"; /entries/0/row-revisions/DAT-06
            "ba9876543210"; 1; /entries/0/row-revisions/DAT-06
            {"DAT-06": "ba9876543210"}; []; /entries/0/row-revisions
            {"DAT-06": "ba9876543210"}; {"encryption": "ba9876543210"}; /entries/0/row-revisions/encryption
            ["DAT-06"]; "DAT-06"; /entries/0/controls
            ["DAT-06"]; [6]; /entries/0/controls/0
            "low"; "somewhat"; /entries/0/criticality
            "service-type": "A"; "note": "A"; /entries/0
            "entries":; "entry":; /entry
            """)
    void findsEachKindOfMistakeAtItsPlace(String part, String damage, String pointer) {
        String sound = """
                {"organisation": "Example", "windows": {"event-hours": 12}, "tag-keys": {"sensitivity": ["class"]},
                 "entries": [{"service-type": "A", "owner": "storage", "reviewed-by": "r", "reviewed-on": "2026-01-01",
                  "expires-on": "2027-01-01", "approved": true, "catalogue-revision": "0123456789ab",
                  "row-revisions": {"DAT-06": "ba9876543210"}, "controls": ["DAT-06"], "criticality": "low"}]}""";
        assertThat(RegisterReader.read(JsonReader.parse(sound)).mistakes()).isEmpty();

        RegisterReader.Result result = RegisterReader.read(JsonReader.parse(sound.replace(part, damage)));

        assertThat(result.mistakes())
                .extracting(RegisterReader.Mistake::pointer)
                .contains(pointer)
                .hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"register\"", "{}", "{\"entries\": {}}", "{\"entries\": [1]}"})
    void saysThatSomethingElseIsNoRegister(String json) {
        assertThat(RegisterReader.read(JsonReader.parse(json)).mistakes()).isNotEmpty();
    }
}
