package dev.demarc.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.pipeline.Transient;
import dev.demarc.record.SweepEvidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SweepFunctionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    private final FakeAccount account = new FakeAccount();
    private final AtomicInteger asked = new AtomicInteger();
    /** The time passes so quickly that a run is over before the page with this number. */
    private int pages = Integer.MAX_VALUE;

    private final SweepFunction function = new SweepFunction(
            account.sweepPipeline(),
            () -> account.swept,
            () -> asked.getAndIncrement() <= pages ? NOW : NOW.plus(Duration.ofMinutes(9)));

    @Test
    void coversEveryTypeInOneCallWhenThereIsTime() throws IOException {
        Json answer = call(Optional.empty()).json();

        assertThat(answer.at("complete")).isEqualTo(Json.of(true));
        assertThat(account.listed).hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void goesOnFromTheCheckpointThatItAnswered() throws IOException {
        pages = 1;
        Json paused = call(Optional.empty()).json();
        account.swept.clear();
        pages = Integer.MAX_VALUE;

        Json finished = call(paused.at("checkpoint").text()).json();

        assertThat(paused.at("complete")).isEqualTo(Json.of(false));
        assertThat(finished.at("complete")).isEqualTo(Json.of(true));
        assertThat(account.listed)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void goesOnWhereTheLastCallStoppedWhenNobodyHandsItACheckpoint() throws IOException {
        pages = 1;
        call(Optional.empty());
        pages = Integer.MAX_VALUE;

        call(Optional.empty());

        assertThat(account.listed)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void answersWhatIsNoCheckpointWithAProblem() throws IOException {
        FakeResponse response = call(Optional.of("yesterday"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().textAt("detail", "")).contains("start anew");
        assertThat(account.listed).isEmpty();
    }

    @Test
    void throwsWhatMayPassAndGoesOnThereInTheNextCall() throws IOException {
        account.listFailure = Optional.of(new Transient("Cloud Asset answered 429"));
        assertThatThrownBy(() -> call(Optional.empty())).isInstanceOf(Transient.class);
        account.listFailure = Optional.empty();

        call(Optional.empty());

        assertThat(account.swept.stream().filter(SweepEvidence::isComplete))
                .hasSameSizeAs(account.sweepPipeline().scope());
    }

    private FakeResponse call(Optional<String> checkpoint) throws IOException {
        asked.set(0);
        FakeResponse response = new FakeResponse();
        function.service(new FakeRequest(checkpoint), response);
        response.close();
        return response;
    }
}
