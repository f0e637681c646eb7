package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void leavesItsRegisterSoThatEveryOtherCommandSaysTheSame() {
        String demo = CommandRun.of("demo", "--data", data()).out();
        Json categories = JsonReader.parse(
                        CommandRun.of("audit", "--data", data(), "-o", "json", "--at", "2026-11-24T06:00:00Z")
                                .out())
                .at("categories");

        assertThat(demo)
                .contains("Resource × control: " + categories.longAt("CORRECT", -1) + " correct, "
                        + categories.longAt("ADD_VALIDATION", -1) + " add validation, "
                        + categories.longAt("REMEDIATE", -1) + " remediate");
        assertThat(categories.longAt("CORRECT", -1)).isPositive();
        assertThat(shown()).contains("Brindlemoor District Works");
    }

    @Test
    void saysTheSameAgainOnItsOwnFolderAndPushesNoSecondVersion() {
        String first = CommandRun.of("demo", "--data", data()).out();

        String second = CommandRun.of("demo", "--data", data()).out();

        assertThat(afterEvents(second)).isEqualTo(afterEvents(first));
        assertThat(shown()).startsWith("# Version 1, 2026-11-24T06:00:00Z");
    }

    private String shown() {
        return CommandRun.of("register", "show", "--data", data()).out();
    }

    private static String afterEvents(String output) {
        return output.substring(output.indexOf("The three questions"));
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
