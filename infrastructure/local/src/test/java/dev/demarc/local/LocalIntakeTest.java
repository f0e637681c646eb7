package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.JsonReader;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.Provider;
import dev.demarc.model.TagKeys;
import dev.demarc.pipeline.Outcome;
import dev.demarc.record.Poison;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way in on one machine: the functions' own intake before the embedded store. */
class LocalIntakeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    @TempDir
    private Path folder;

    private final List<Outcome> outcomes = new ArrayList<>();
    private final Estate estate = new Estate();

    @BeforeEach
    void loadTheDemonstration() throws IOException {
        estate.load("estate", resource("estate.jsonl"), NOW);
    }

    @Test
    void quarantinesWhatCannotBeUnderstoodAndGoesOn() throws IOException {
        try (SqliteStore store = SqliteStore.open(folder)) {
            LocalSuite suite = suite(store);

            suite.deliver(JsonReader.parse("{\"resourceType\":\"AWS::S3::Bucket\",\"resourceId\":\"a\"}"));
            suite.deliver(JsonReader.parse("{\"eventType\":\"Microsoft.Resources.ResourceWriteSuccess\",\"data\":{}}"));

            assertThat(store.poison(Scope.operator(Scope.MAIN), 10))
                    .extracting(Poison::source)
                    .containsExactlyInAnyOrder("aws-config-queue", "azure-event-grid");
        }
    }

    @Test
    void takesInTheDemonstrationAndSweepsItCompletely() throws IOException {
        try (SqliteStore store = SqliteStore.open(folder)) {
            LocalSuite suite = suite(store);
            for (String name : List.of("aws-events.jsonl", "azure-events.jsonl", "gcp-events.jsonl")) {
                String events = new String(resource(name).readAllBytes(), StandardCharsets.UTF_8);
                for (String line : events.split("\n")) {
                    suite.deliver(JsonReader.parse(line));
                }
            }
            for (Provider provider : Provider.values()) {
                estate.accounts(provider).forEach(account -> suite.sweep(estate.inventory(provider, account), NOW));
            }

            assertThat(outcomes).noneMatch(Outcome.Rejected.class::isInstance).hasSizeGreaterThan(100);
            assertThat(store.sweepEvidence(Scope.operator(Scope.MAIN)).stream().filter(SweepEvidence::hasEnded))
                    .isNotEmpty()
                    .allMatch(SweepEvidence::isComplete);
            assertThat(store.feedEvidence(Scope.operator(Scope.MAIN)))
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.lastEventAt()).isBeforeOrEqualTo(NOW));
        }
    }

    private LocalSuite suite(SqliteStore store) {
        LocalSuite suite = new LocalSuite(store, estate, TagKeys.DEFAULT, (event, outcome) -> outcomes.add(outcome));
        suite.readAt(NOW);
        return suite;
    }

    private static InputStream resource(String name) {
        InputStream stream = LocalSuite.class.getResourceAsStream("/demo/" + name);
        assertThat(stream).as(name).isNotNull();
        return stream;
    }
}
