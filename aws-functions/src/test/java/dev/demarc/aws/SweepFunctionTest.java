package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class SweepFunctionTest {
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

    private final FakeAccount account = new FakeAccount();
    private final SweepFunction function =
            new SweepFunction(account.sweepPipeline(), () -> account.swept, InstantSource.fixed(NOW));

    @Test
    void coversEveryTypeInOneCallWhenThereIsTime() throws IOException {
        Json answer = handle("{}", () -> 900_000);

        assertThat(answer.at("complete")).isEqualTo(Json.of(true));
        assertThat(account.listed).hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void goesOnFromItsOwnCheckpointWithoutListingATypeTwice() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Json paused = handle("{}", () -> asked.incrementAndGet() <= 2 ? 900_000 : 1_000);
        int before = account.listed.size();
        Json next = Json.object().with("checkpoint", paused.at("checkpoint")).build();

        Json finished = handle(next.write(), () -> 900_000);

        assertThat(paused.at("complete")).isEqualTo(Json.of(false));
        assertThat(before).isEqualTo(2);
        assertThat(finished.at("complete")).isEqualTo(Json.of(true));
        assertThat(account.listed).hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void goesOnWhereARunWasCutOffWhenNobodyHandsItACheckpoint() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        handle("{}", () -> asked.incrementAndGet() <= 2 ? 900_000 : 1_000);

        Json finished = handle("{}", () -> 900_000);

        assertThat(finished.at("complete")).isEqualTo(Json.of(true));
        assertThat(account.listed).hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void beginsAnewWhenTheLastSweepHasEnded() throws IOException {
        handle("{}", () -> 900_000);
        account.listed.clear();

        handle("{}", () -> 900_000);

        assertThat(account.listed).hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void refusesACheckpointThatIsNone() {
        assertThatThrownBy(() -> handle("{\"checkpoint\":\"yesterday\"}", () -> 900_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start anew");
    }

    private Json handle(String event, IntSupplier remainingMillis) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                output,
                new FakeContext(remainingMillis));
        return JsonReader.parse(output.toByteArray());
    }
}
