package dev.demarc.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.compile.YamlDocument;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterWriterTest {
    private static final Json FULL = JsonReader.parse("""
            {"organisation": "Example", "windows": {"event-hours": 12, "sweep-hours": 30},
             "tag-keys": {"sensitivity": ["Class"], "criticality": ["c"], "owner": ["o"], "workload": ["w"]},
             "entries": [
              {"service-type": "B", "owner": "storage", "reviewed-by": "A. Reviewer", "reviewed-on": "2026-01-01",
               "expires-on": "2027-01-01", "approved": true, "catalogue-revision": "0123456789ab",
               "row-revisions": {"DAT-06": "ba9876543210", "NET-01": "aaaaaaaaaaaa"}, "controls": ["DAT-06", "NET-01"],
               "sensitivity": "critical", "criticality": "low"},
              {"service-type": "A", "owner": "o", "reviewed-by": "r", "reviewed-on": "2026-01-01", "expires-on": "2026-01-01",
               "approved": false}]}""");

    @TempDir
    Path folder;

    @Test
    void writesTheRegisterThatWasRead() {
        RegisterReader.Result read = RegisterReader.read(FULL);

        assertThat(read.mistakes()).isEmpty();
        assertThat(RegisterWriter.write(read.register())).isEqualTo(FULL);
    }

    @Test
    void writesNoMoreThanWasSaid() {
        assertThat(RegisterWriter.write(Register.empty()).write()).isEqualTo("{\"entries\":[]}");
    }

    @Test
    void yamlReadsAsTheSameRegister() throws IOException {
        Path file = Files.writeString(folder.resolve("register.yaml"), RegisterYaml.write(FULL));

        assertThat(YamlDocument.read(file).json()).isEqualTo(FULL);
    }

    @Test
    void yamlKeepsTextsThatLookLikeSomethingElse() throws IOException {
        Json odd = JsonReader.parse("""
                {"entries": [{"service-type": "#x: [y]", "owner": "true", "reviewed-by": "line\\none\\u0085\\u2028",
                  "reviewed-on": "2026-01-01", "expires-on": "2027-01-01", "approved": true, "note": "'\\"\\\\ - &a *b !c 12"}]}""");
        Path file = Files.writeString(
                folder.resolve("register.yaml"), RegisterYaml.write(odd, (type, control) -> "a comment\nof two lines"));

        assertThat(YamlDocument.read(file).json()).isEqualTo(odd);
        assertThat(file).content().contains("  # a comment\n  # of two lines\n");
    }
}
