package dev.demarc.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.pipeline.InventoryFailure;
import dev.demarc.pipeline.Transient;
import dev.demarc.record.SweepEvidence;
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
    void coversEveryTypeInOneRunWhenThereIsTime() {
        run();

        assertThat(account.listed).hasSameSizeAs(account.sweepPipeline().scope());
        assertThat(account.swept.stream().filter(SweepEvidence::isComplete)).hasSameSizeAs(account.listed);
    }

    @Test
    void goesOnWhereTheLastRunStoppedWithoutListingATypeTwice() {
        pages = 1;
        run();
        assertThat(account.listed).hasSize(1);

        pages = Integer.MAX_VALUE;
        run();

        // Variants of one provider type are service types of their own: each lists the type once.
        assertThat(account.listed)
                .containsExactlyInAnyOrderElementsOf(account.sweepPipeline().scope().stream()
                        .map(entry -> entry.match().type())
                        .toList());
        assertThat(account.swept).allSatisfy(one -> assertThat(one.startedAt()).isEqualTo(NOW));
    }

    @Test
    void throwsWhatMayPassAndGoesOnThereInTheNextRun() {
        account.listFailure = Optional.of(new Transient("Resource Graph answered 429"));
        assertThatThrownBy(this::run).isInstanceOf(Transient.class);
        account.listFailure = Optional.empty();

        run();

        assertThat(account.swept.stream().filter(SweepEvidence::isComplete))
                .hasSameSizeAs(account.sweepPipeline().scope());
    }

    @Test
    void saysWhyATypeIsIncomplete() {
        account.listFailure = Optional.of(new InventoryFailure("permission x is denied"));

        run();

        assertThat(account.swept.stream().filter(SweepEvidence::hasEnded))
                .allSatisfy(one -> assertThat(one.note()).contains("permission x is denied"));
    }

    private void run() {
        asked.set(0);
        function.run("{}", new FakeContext());
    }
}
