package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RegisterCommandTest {
    private static final String SOUND = """
            organisation: Example
            entries:
              - service-type: AWS::S3::Bucket
                owner: storage
                reviewed-by: A. Reviewer
                reviewed-on: 2026-01-01
                expires-on: 2099-01-01
                approved: true
            """;

    @TempDir
    Path folder;

    private record Run(int exit, String out, String err) {}

    private static Run register(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "register";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int exit = line.execute(all);
        return new Run(exit, out.toString(), err.toString());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @BeforeEach
    void aBucketIsInUse() {
        ResourceId ledger = new ResourceId(Provider.AWS, "111122223333", "eu-west-1", "AWS::S3::Bucket", "ledger");
        try (SqliteStore store = SqliteStore.open(folder.resolve("data"))) {
            store.record(new Observation(
                    ledger,
                    new ServiceType("AWS::S3::Bucket"),
                    new Version(Instant.parse("2026-11-20T10:00:00Z"), 0),
                    Observation.State.LIVE,
                    "0123456789ab",
                    Labels.NONE,
                    new TreeMap<>(Map.of(new ControlId("DAT-06"), new Verdict.Compliant(List.of("versioning"))))));
        }
    }

    @Test
    void checkHasNothingToSayAboutASoundRegister() throws IOException {
        Run check = register("check", file("r.yaml", SOUND));

        assertThat(check.exit()).isEqualTo(ExitCode.FINE);
        assertThat(check.out()).isEmpty();
        assertThat(check.err()).contains("1 entries");
    }

    @Test
    void checkNamesTheLineOfEachMistakeAndStaleReview() throws IOException {
        String file = file("r.yaml", SOUND + """
                  - service-type: AWS::Timestream::Database
                    owner: messaging
                    reviewed-by: A. Reviewer
                    reviewed-on: 2026-01-01
                    expires-on: 2099-01-01
                    approved: true
                  - service-type: AWS::RDS::DBInstance
                    owner: data
                    reviewed-by: A. Reviewer
                    reviewed-on: 2026-01-01
                    expires-on: 2026-02-01
                    approved: true
                  - service-type: AWS::Lambda::Function
                    owner: TODO
                    reviewed-by: A. Reviewer
                    reviewed-on: 2026-01-01
                    expires-on: 2099-01-01
                    approved: true
                    catalogue-revision: 0123456789ab
                    row-revisions: { OPS-01: 0123456789ab }
                """);

        Run check = register("check", file, "--at", "2026-11-24T00:00:00Z");

        assertThat(check.exit()).isEqualTo(ExitCode.THRESHOLD);
        assertThat(check.out().lines())
                .contains(
                        file + ":21: an approved entry has an owner and a reviewer; replace TODO",
                        file
                                + ":9: the catalogue has no service type AWS::Timestream::Database; see 'demarc catalogue' for those it has",
                        file + ":15: the register entry of AWS::RDS::DBInstance expired on 2026-02-01; review it again")
                .anyMatch(line ->
                        line.startsWith(file + ":21: ") && line.contains("added to the catalogue since the review"));
    }

    @Test
    void pushCountsVersionsAndSaysWhatChanged() throws IOException {
        String file = file("r.yaml", SOUND);

        Run first = register("push", "--data", data(), file);
        Run same = register("push", "--data", data(), file);
        Run second = register(
                "push", "--data", data(), file("r2.yaml", SOUND.replace("storage", "archive")), "--expect", "1");
        Run stale = register("push", "--data", data(), file, "--expect", "1");

        assertThat(first.out().strip()).isEqualTo("version 1: 2 added, 0 removed, 0 changed");
        assertThat(same.out()).contains("version 1 says the same");
        assertThat(second.out().strip()).isEqualTo("version 2: 0 added, 0 removed, 1 changed");
        assertThat(stale.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(stale.err()).contains("at version 2, not 1");
        assertThat(register("show", "--data", data()).out())
                .contains("# Version 2")
                .contains("\"archive\"");
        assertThat(register("show", "--data", data(), "--version", "1").out()).contains("owner: \"storage\"");
        assertThat(register("show", "--data", data(), "--version", "3").err())
                .contains("no version 3")
                .contains("newest is 2");
    }

    @Test
    void pushRefusesMistakes() throws IOException {
        Run push = register("push", "--data", data(), file("r.yaml", SOUND.replace("2099-01-01", "never")));

        assertThat(push.exit()).isEqualTo(ExitCode.THRESHOLD);
        assertThat(push.err()).contains("r.yaml:7: ").contains("nothing was pushed");
        assertThat(register("show", "--data", data()).err()).contains("the store has no register");
    }

    @Test
    void diffComparesWithAnyVersion() throws IOException {
        register("push", "--data", data(), file("r.yaml", SOUND));
        String changed = file("r2.yaml", SOUND.replace("storage", "archive"));
        register("push", "--data", data(), changed);

        Run none = register("diff", "--data", data(), changed, "-o", "ndjson");
        Run one = register("diff", "--data", data(), changed, "--against", "1", "-o", "ndjson");

        assertThat(none.out()).isEmpty();
        assertThat(one.out().strip())
                .isEqualTo("{\"change\":\"CHANGED\",\"subject\":\"AWS::S3::Bucket\",\"member\":\"owner\","
                        + "\"before\":\"storage\",\"after\":\"archive\"}");
    }

    @Test
    void draftGoesFromWhatIsInUseToARegisterThatCountsOnceAPersonApproved() throws IOException {
        Path draft = folder.resolve("draft.yaml");

        Run drafted = register("draft", "--data", data(), "-o", draft.toString());
        Run again = register("draft", "--data", data(), "-o", draft.toString());
        String reviewed = file(
                "reviewed.yaml",
                Files.readString(draft).replace("TODO\"", "somebody\"").replace("approved: false", "approved: true"));
        Run check = register("check", reviewed);
        register("push", "--data", data(), reviewed);
        Run after = register("draft", "--data", data());

        assertThat(drafted.err()).contains("1 service types to review");
        assertThat(draft)
                .content()
                .contains("service-type: \"AWS::S3::Bucket\"")
                .contains("approved: false");
        assertThat(again.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(again.err()).contains("exists already");
        assertThat(check.exit()).as(check.out()).isEqualTo(ExitCode.FINE);
        assertThat(after.err()).contains("0 service types to review");
        assertThat(after.out())
                .contains("owner: \"somebody\"")
                .contains("approved: true")
                .doesNotContain("approved: false");
    }
}
