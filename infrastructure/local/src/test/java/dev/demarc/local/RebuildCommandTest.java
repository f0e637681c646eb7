package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.local.store.SqliteStore;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proof that findings and counters follow from the observations, and what it says of a file that somebody edited. */
class RebuildCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void someBuckets() {
        Buckets.fill(folder, 20);
    }

    private CommandRun rebuild(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "rebuild";
        all[1] = "--data";
        all[2] = folder.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }

    private String findings() {
        return CommandRun.of("findings", "--data", folder.toString(), "--at", "2026-11-24T06:00:00Z", "-o", "ndjson")
                .out();
    }

    private int edit(String sql) throws SQLException {
        try (var file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("demarc.db"));
                var statement = file.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Test
    void findsASoundStoreEqual() {
        CommandRun run = rebuild();

        Json report = JsonReader.parse(run.out());
        assertThat(run.exit()).isEqualTo(ExitCode.FINE);
        assertThat(report.at("equal")).isEqualTo(Json.JsonBoolean.TRUE);
        assertThat(report.longAt("observations", 0)).isEqualTo(20);
        assertThat(report.longAt("findings", 0)).isGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            DELETE FROM finding WHERE id LIKE '%bucket-7%'                                         ! FINDING_MISSING
            DELETE FROM finding                                                                    ! FINDING_MISSING
            UPDATE rollup SET count = count + 1                                                    ! COUNTER
            DELETE FROM rollup WHERE control = 'DAT-06'                                            ! COUNTER
            DELETE FROM projected WHERE resource LIKE '%bucket-7'                                  ! NOT_PROJECTED
            UPDATE finding SET body = replace(body, 'it is off', 'it is on') WHERE id LIKE '%-7|%' ! FINDING_STRAY
            """)
    void findsAndRepairsWhatSomebodyEdited(String sql, String kind) throws SQLException {
        String before = findings();
        assertThat(edit(sql)).isPositive();

        CommandRun check = rebuild();
        CommandRun again = rebuild();
        CommandRun repair = rebuild("--repair");
        CommandRun after = rebuild();

        assertThat(check.exit()).isEqualTo(ExitCode.THRESHOLD);
        assertThat(check.out()).contains("\"kind\":\"" + kind + "\"").contains("\"equal\":false");
        // To look changes nothing.
        assertThat(again.out()).isEqualTo(check.out());
        assertThat(again.exit()).isEqualTo(ExitCode.THRESHOLD);
        assertThat(repair.exit()).as(repair.out()).isEqualTo(ExitCode.FINE);
        assertThat(repair.err()).contains("repaired: all is equal now");
        assertThat(after.exit()).isEqualTo(ExitCode.FINE);
        assertThat(JsonReader.parse(after.out()).at("equal")).isEqualTo(Json.JsonBoolean.TRUE);
        assertThat(findings()).isEqualTo(before);
    }

    @Test
    void takesForNoDifferenceWhatTheFeedStillHolds() {
        try (SqliteStore store = SqliteStore.open(folder)) {
            store.record(Buckets.observation("late", Map.of(Buckets.RESTORE, Buckets.FAIL)));
        }

        assertThat(rebuild().exit()).isEqualTo(ExitCode.FINE);
        assertThat(findings()).contains("late");
    }

    @Test
    void saysNothingOfARepairWhereNothingIsToRepair() {
        CommandRun run = rebuild("--repair");

        assertThat(run.exit()).isEqualTo(ExitCode.FINE);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void showsTheFirstDifferencesAndCountsAll() throws SQLException {
        Buckets.fill(folder, 60);
        edit("DELETE FROM finding");

        Json report = JsonReader.parse(rebuild().out());

        List<Json> first = report.at("first").elements();
        assertThat(first).hasSize(50);
        assertThat(report.longAt("differences", 0)).isGreaterThan(100);
    }
}
