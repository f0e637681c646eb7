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
import org.junit.jupiter.api.Test;

class RegisterReaderTest {
    @Test
    void readsEveryPart() {
        RegisterReader.Result result = RegisterReader.read(JsonReader.parse("""
                {"windows": {"event-hours": 12, "sweep-hours": 30},
                 "tag-keys": {"sensitivity": ["Classification"]},
                 "entries": [{"service-type": "AWS::S3::Bucket", "owner": "storage", "reviewed-by": "A. Reviewer",
                   "reviewed-on": "2026-01-01", "expires-on": "2027-01-01", "approved": true,
                   "catalogue-revision": "0123456789ab", "controls": ["DAT-06"],
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
    }

    @Test
    void collectsEveryMistakeWithItsPlace() {
        RegisterReader.Result result = RegisterReader.read(JsonReader.parse("""
                {"entries": [
                  {"service-type": "A", "owner": "", "reviewed-on": "yesterday", "expires-on": "2027-13-01"},
                  {"service-type": "A", "owner": "o", "reviewed-on": "2026-01-01", "expires-on": "2025-01-01"},
                  {"service-type": "B", "owner": "o", "reviewed-on": "2026-01-01", "expires-on": "2027-01-01",
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
}
