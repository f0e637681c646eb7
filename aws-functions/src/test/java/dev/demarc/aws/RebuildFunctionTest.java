package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.api.Estates;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.project.Rebuild;
import dev.demarc.record.CentralStore;
import dev.demarc.record.StoredFinding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildFunctionTest {
    private static final AccountId ACCOUNT = Estates.accounts("alphaorg").getFirst();

    private final CentralStore store = new Estates().store();
    private final RebuildFunction function = new RebuildFunction(new Rebuild(store));

    private Json handle(String event) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                output,
                new FakeContext(() -> 60_000));
        return JsonReader.parse(output.toByteArray());
    }

    private List<StoredFinding> findings() {
        return store.findingsOf(ACCOUNT, "", 1_000);
    }

    /** Takes one finding away behind the projector's back. */
    private void lose(StoredFinding finding) {
        CentralStore.Counted counted = store.countersOf(ACCOUNT);
        assertThat(store.repair(ACCOUNT, counted.stamp(), List.of(finding), List.of(), counted.counters()))
                .isTrue();
    }

    @Test
    void findsASoundStoreEqual() throws IOException {
        Json report = handle("{}");

        assertThat(report.at("equal")).isEqualTo(Json.JsonBoolean.TRUE);
        assertThat(report.longAt("accounts", 0)).isEqualTo(9);
        assertThat(report.longAt("observations", 0)).isEqualTo(27);
        assertThat(report.longAt("differences", -1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"repair\": false}",
                "{\"repair\": \"true\"}",
                "{\"repair\": 1}",
                "{\"Repair\": true}",
                "[]"
            })
    void onlyLooksUnlessItIsToldToRepair(String event) throws IOException {
        List<StoredFinding> before = findings();
        lose(before.getFirst());

        Json report = handle(event);

        assertThat(report.at("equal")).isEqualTo(Json.JsonBoolean.FALSE);
        Json difference = report.at("first").elements().getFirst();
        assertThat(difference.textAt("kind", "")).isEqualTo("FINDING_MISSING");
        assertThat(difference.textAt("account", "")).isEqualTo(ACCOUNT.key());
        assertThat(difference.textAt("subject", "")).isEqualTo(before.getFirst().id());
        assertThat(findings()).hasSize(before.size() - 1);
    }

    @Test
    void repairsWhatDiffersAndSaysWhatItWas() throws IOException {
        List<StoredFinding> before = findings();
        lose(before.getFirst());

        Json repaired = handle("{\"repair\": true}");

        assertThat(repaired.longAt("differences", 0)).isOne();
        assertThat(findings()).isEqualTo(before);
        assertThat(handle("{}").at("equal")).isEqualTo(Json.JsonBoolean.TRUE);
    }
}
