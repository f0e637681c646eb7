package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.ServiceType;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterFileTest {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("register.yaml"), content);
    }

    @Test
    void readsAReviewedServiceType() throws IOException {
        Path file = file("""
                organisation: Example
                windows: { event-hours: 12, sweep-hours: 30 }
                entries:
                  - service-type: AWS::S3::Bucket
                    owner: storage
                    reviewed-by: A. Reviewer
                    reviewed-on: 2026-01-01
                    expires-on: 2027-01-01
                    approved: true
                    controls: [DAT-06]
                """);

        Register register = RegisterFile.read(file);

        assertThat(register.windows()).isEqualTo(new Register.Windows(Duration.ofHours(12), Duration.ofHours(30)));
        assertThat(register.entry(new ServiceType("AWS::S3::Bucket")))
                .map(RegisterEntry::owner)
                .contains("storage");
    }

    @Test
    void reportsEveryMistakeOfTheFormAtOnceWithItsLine() throws IOException {
        Path file = file("""
                windows: { event-hours: 0 }
                entries:
                  - service-type: AWS::S3::Bucket
                    owner: storage
                    reviewed-by: A. Reviewer
                    reviewed-on: yesterday
                    expires-on: 2027-01-01
                    approved: perhaps
                    severity: high
                """);

        assertThatThrownBy(() -> RegisterFile.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("4 mistakes")
                .hasMessageContaining(file + ":1: ")
                .hasMessageContaining(file + ":6: ")
                .hasMessageContaining(file + ":8: ")
                .hasMessageContaining("severity");
    }

    @Test
    void reportsWhatTheFormCannotSee() throws IOException {
        Path file = file("""
                entries:
                  - service-type: AWS::S3::Bucket
                    owner: storage
                    reviewed-by: A. Reviewer
                    reviewed-on: 2026-02-30
                    expires-on: 2027-01-01
                    approved: true
                  - service-type: AWS::S3::Bucket
                    owner: storage
                    reviewed-by: A. Reviewer
                    reviewed-on: 2026-02-01
                    expires-on: 2026-01-01
                    approved: true
                """);

        assertThatThrownBy(() -> RegisterFile.read(file))
                .hasMessageContaining(file + ":5: reviewed-on is no date")
                .hasMessageContaining(file + ":8: the service type has two entries; keep one")
                .hasMessageContaining("before its review");
    }

    @Test
    void saysWhereTheYamlIsBroken() throws IOException {
        Path file = file("entries:\n  - service-type: [\n");

        assertThatThrownBy(() -> RegisterFile.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not valid YAML");
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatThrownBy(() -> RegisterFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.yaml");
    }
}
