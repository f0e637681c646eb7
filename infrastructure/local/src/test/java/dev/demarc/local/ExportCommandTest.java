package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.export.ExportFormat;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExportCommandTest {
    private static final String AT = "2026-11-24T06:00:00Z";
    private static final String HUB = "111122223333/eu-west-1";

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private CommandRun export(String... arguments) {
        List<String> all = new ArrayList<>(List.of("export", "--data", data().toString(), "--at", AT));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private List<Json> lines(String... arguments) {
        CommandRun run = export(arguments);
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.FINE);
        return run.out().lines().map(JsonReader::parse).toList();
    }

    private long findings(String... filter) {
        List<String> all =
                new ArrayList<>(List.of("findings", "--data", data().toString(), "--at", AT, "-o", "ndjson"));
        all.addAll(List.of(filter));
        return CommandRun.of(all.toArray(String[]::new)).out().lines().count();
    }

    @Test
    void writesTheSameFindingsInEveryFormat() {
        Buckets.fill(data(), 120);
        long number = findings();

        assertThat(number).isGreaterThan(240);
        assertThat(lines("ndjson")).hasSize((int) number);
        assertThat(lines("ocsf"))
                .hasSize((int) number)
                .allSatisfy(event -> assertThat(event.longAt("class_uid", 0)).isEqualTo(2003));
        List<Json> batches = lines("asff", "--security-hub", HUB);
        assertThat(batches).hasSize((int) ((number + 99) / 100));
        assertThat(batches.stream()
                        .mapToLong(batch -> batch.at("Findings").elements().size())
                        .sum())
                .isEqualTo(number);
        Json results = JsonReader.parse(export("oscal").out());
        assertThat(results.at("assessment-results").at("results").elements()).isNotEmpty();
        CommandRun csv = export("csv");
        assertThat(csv.out().lines().count()).isEqualTo(number + 1);
        assertThat(csv.out()).contains("it is off");
    }

    @Test
    void writesMoreFindingsThanOneAnswerOfTheApiHolds() {
        Buckets.fill(data(), 2_000);

        List<Json> all = lines("ndjson", "--question", "implemented");

        assertThat(all).hasSizeGreaterThan(5_000);
        assertThat(all.stream().map(one -> one.textAt("id", "")).distinct().count())
                .isEqualTo(all.size());
        assertThat(all.stream()
                        .map(one -> -one.at("priority").longAt("score", 0))
                        .toList())
                .isSorted();
    }

    @Test
    void writesTheFindingsOfTheFilterOnly() {
        Buckets.fill(data(), 3);

        List<Json> some = lines("ndjson", "--control", "DAT-06", "--verdict", "NON_COMPLIANT");

        assertThat(some)
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.textAt("control", "")).isEqualTo("DAT-06"));
        assertThat(findings()).isGreaterThan(3);
        assertThat(lines("ndjson", "--account", "999999999999")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"NDJSON", "CSV", "OCSF", "OSCAL"})
    void writesToAFileThatOnlyItsOwnerCanReadWhatItWritesToOutput(ExportFormat format) throws IOException {
        Buckets.fill(data(), 3);
        Path file = folder.resolve("findings.out");

        CommandRun run = export(format.word(), "-o", file.toString());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.FINE);
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(file))
                .isEqualTo(export(format.word()).out())
                .isNotEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesTheFileAsItWasWhenTheExportFails() throws IOException {
        Buckets.fill(data(), 1);
        Path file = Files.writeString(folder.resolve("findings.out"), "the last one");
        Path damaged = data().resolve("demarc.db");
        byte[] sound = Files.readAllBytes(damaged);
        try (var sql = DriverManager.getConnection("jdbc:sqlite:" + damaged);
                var statement = sql.createStatement()) {
            statement.executeUpdate("UPDATE finding SET body = '{'");
        } catch (SQLException e) {
            throw new IOException(e);
        }

        assertThat(export("ndjson", "-o", file.toString()).exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(Files.readString(file)).isEqualTo("the last one");
        assertThat(filesOfTheFolder()).containsExactlyInAnyOrder("data", "findings.out");

        // Control: it was the damage that stopped it.
        Files.write(damaged, sound);
        assertThat(export("ndjson", "-o", file.toString()).exit()).isEqualTo(ExitCode.FINE);
        assertThat(Files.readString(file)).contains("DAT-06");
    }

    private List<String> filesOfTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Test
    void saysThatAFileIsInAFolder() {
        assertThat(export("csv", "-o", folder.resolve("none/x.csv").toString()).err())
                .contains("name a file in a folder");
        assertThat(export("csv", "-o", folder.toString()).err()).contains("name a file in a folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            asff   ! ''                        ! --security-hub ACCOUNT/REGION
            ndjson ! 111122223333/eu-west-1    ! leave it out
            asff   ! 111122223333              ! is no ACCOUNT/REGION
            asff   ! eu-west-1                 ! is no ACCOUNT/REGION
            asff   ! 1111/eu-west-1            ! twelve digits
            asff   ! 111122223333/Ireland      ! is not an AWS region
            """)
    void asksForTheSecurityHubThatAnAsffExportIsFor(String format, String hub, String said) {
        Buckets.fill(data(), 1);
        CommandRun run = hub.isEmpty() ? export(format) : export(format, "--security-hub", hub);

        assertThat(run.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(run.err()).contains(said).doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void takesOnlyFormatsThereAre() {
        assertThat(export("pdf").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(export().exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void writesUtf8WhateverTheTerminalSpeaks() {
        Buckets.fill(data(), 1);
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        try {
            Main.commandLine().execute("export", "ndjson", "--data", data().toString(), "--control", "DAT-06");
            // Control: the terminal itself has no such characters.
            System.out.print("\u2713");
        } finally {
            System.setOut(terminal);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("it is off: \u00e4\u00f6\u00fc \u2713")
                .endsWith("?");
    }
}
