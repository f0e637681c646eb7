package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A sweep that is interrupted before any of its pages, or at any of its outside calls, comes to what it comes to without. Two of the
 * stored buckets are gone; eleven exist, on four pages.
 */
class SweepInterruptionTest {
    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant CHANGED = Instant.parse("2026-11-20T10:00:00Z");
    private static final ServiceType BUCKETS = new ServiceType(FakeCloud.BUCKET);
    private static final int EXISTING = 11;

    /** A process that ends in the middle. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** One account with its store; every outside call can be the last one of the process. */
    private static final class World {
        private final AtomicInteger calls = new AtomicInteger();
        private int lastCall = Integer.MAX_VALUE;
        private final InMemoryStore store = new InMemoryStore() {
            @Override
            public synchronized Outcome record(Observation observation) {
                call();
                Outcome outcome = super.record(observation);
                call();
                return outcome;
            }

            @Override
            public synchronized void putSweepEvidence(SweepEvidence evidence) {
                call();
                super.putSweepEvidence(evidence);
                call();
            }

            @Override
            public synchronized List<Observation> observationsOf(
                    Provider provider, String account, ServiceType serviceType) {
                call();
                return super.observationsOf(provider, account, serviceType);
            }
        };
        private final FakeCloud cloud = new FakeCloud();

        private World() {
            cloud.listFails = () -> {
                call();
                return null;
            };
            cloud.readFails = () -> {
                call();
                return null;
            };
            for (int i = 0; i < EXISTING + 2; i++) {
                cloud.put("bucket-%02d".formatted(i), CHANGED, "billing");
            }
            run(Checkpoint.start(START.minus(Duration.ofDays(1))), Integer.MAX_VALUE);
            cloud.existing.remove("bucket-04");
            cloud.existing.remove("bucket-12");
            // What is left has changed since, so that the sweep has something to write.
            List.copyOf(cloud.existing.keySet())
                    .forEach(name -> cloud.put(name, CHANGED.plusSeconds(60), "somebody else"));
            calls.set(0);
        }

        private void call() {
            if (calls.incrementAndGet() == lastCall) {
                throw new Killed();
            }
        }

        private Optional<Checkpoint> run(Checkpoint from, int pages) {
            AtomicInteger asked = new AtomicInteger();
            SweepPipeline sweep =
                    new SweepPipeline(cloud.observer(), cloud, cloud, store, store, store::observationsOf);
            return sweep.run(from, from.startedAt().plusSeconds(5), () -> asked.incrementAndGet() > pages);
        }

        /** What the store holds of every resource. */
        private Map<String, String> resources() {
            Map<String, String> all = new TreeMap<>();
            for (int i = 0; i < EXISTING + 2; i++) {
                String name = "bucket-%02d".formatted(i);
                Observation one = store.observation(FakeCloud.bucket(name)).orElseThrow();
                all.put(name, one.state() + " " + one.version() + " " + one.labels() + " " + one.verdicts());
            }
            return all;
        }

        private List<SweepEvidence> ended() {
            return store.sweepEvidence(Scope.operator(Scope.MAIN)).stream()
                    .filter(SweepEvidence::hasEnded)
                    .sorted(java.util.Comparator.comparing(
                            one -> one.serviceType().name()))
                    .toList();
        }

        private Optional<Checkpoint> unfinished() {
            return Checkpoint.unfinished(
                    store.sweepEvidence(Scope.operator(Scope.MAIN)), START.plus(Duration.ofHours(1)));
        }

        /** Existing buckets that the store holds as deleted. */
        private List<String> wronglyRetired() {
            return cloud.existing.keySet().stream()
                    .filter(name -> !store.observation(FakeCloud.bucket(name))
                            .orElseThrow()
                            .isLive())
                    .toList();
        }
    }

    private final World without = new World();

    SweepInterruptionTest() {
        assertThat(without.run(Checkpoint.start(START), Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void theSweepThatIsNotInterruptedRetiresTheTwoThatAreGone() {
        assertThat(without.resources().values().stream().filter(one -> one.startsWith("TOMBSTONE")))
                .hasSize(2);
        assertThat(without.wronglyRetired()).isEmpty();
    }

    @Test
    void aPauseBeforeAnyPageChangesNothing() {
        int pages = pages();
        for (int k = 0; k < pages; k++) {
            World world = new World();
            Checkpoint paused = world.run(Checkpoint.start(START), k).orElseThrow();

            assertThat(world.run(Checkpoint.read(paused.write()), Integer.MAX_VALUE))
                    .isEmpty();

            assertSame(world, "paused before page " + k);
        }
    }

    @Test
    void aPauseBeforeEveryPageChangesNothing() {
        World world = new World();
        Optional<Checkpoint> next = Optional.of(Checkpoint.start(START));
        int runs = 0;
        while (next.isPresent()) {
            next = world.run(next.get(), 1).map(Checkpoint::write).map(Checkpoint::read);
            runs++;
        }

        assertThat(runs).isEqualTo(pages());
        assertSame(world, "paused before every page");
    }

    @Test
    void aFailureThatMayPassAtAnyPageChangesNothing() {
        for (int k = 1; k <= 4; k++) {
            World world = new World();
            int page = world.cloud.lists + k;
            world.cloud.listFails = () -> world.cloud.lists == page ? new Transient("throttled") : null;
            assertThatThrownBy(() -> world.run(Checkpoint.start(START), Integer.MAX_VALUE))
                    .isInstanceOf(Transient.class);

            assertThat(world.run(world.unfinished().orElseThrow(), Integer.MAX_VALUE))
                    .isEmpty();

            assertSame(world, "failed at page " + k);
        }
    }

    @Test
    void aProcessThatEndsAtAnyOutsideCallChangesNothing() {
        int calls = without.calls.get();
        assertThat(calls).isGreaterThan(50);
        for (int n = 1; n <= calls; n++) {
            World world = new World();
            world.lastCall = n;
            assertThatThrownBy(() -> world.run(Checkpoint.start(START), Integer.MAX_VALUE))
                    .isInstanceOf(Killed.class);
            world.lastCall = Integer.MAX_VALUE;

            Checkpoint from = world.unfinished().orElse(Checkpoint.start(START));
            assertThat(world.run(from, Integer.MAX_VALUE)).isEmpty();

            assertSame(world, "ended at call " + n);
        }
    }

    @Test
    void aPauseBeforeAnyPageRetiresNothingWronglyWhenNoReadShowsAnything() {
        for (int k = 0; k < pages(); k++) {
            World world = blind();
            Checkpoint paused = world.run(Checkpoint.start(START), k).orElseThrow();

            world.run(Checkpoint.read(paused.write()), Integer.MAX_VALUE);

            assertSame(world, "paused before page " + k + ", with a reader that sees nothing");
        }
    }

    @Test
    void aProcessThatEndsAtAnyOutsideCallRetiresNothingWronglyWhenNoReadShowsAnything() {
        World whole = blind();
        whole.run(Checkpoint.start(START), Integer.MAX_VALUE);
        for (int n = 1; n <= whole.calls.get(); n++) {
            World world = blind();
            world.lastCall = n;
            assertThatThrownBy(() -> world.run(Checkpoint.start(START), Integer.MAX_VALUE))
                    .isInstanceOf(Killed.class);
            world.lastCall = Integer.MAX_VALUE;
            world.run(world.unfinished().orElse(Checkpoint.start(START)), Integer.MAX_VALUE);

            assertThat(world.wronglyRetired()).as("ended at call %s", n).isEmpty();

            world.run(Checkpoint.start(START.plus(Duration.ofDays(1))), Integer.MAX_VALUE);
            assertThat(world.store.observationsOf(Provider.AWS, FakeCloud.ACCOUNT, BUCKETS))
                    .as("the next sweep makes it good")
                    .hasSize(EXISTING);
        }
    }

    /** The control: without what the checkpoint carries, "not seen in this run" takes the earlier pages for deleted. */
    @Test
    void retirementByWhatThisRunHasSeenIsWrongAfterEveryPause() {
        List<Integer> wrong = new ArrayList<>();
        for (int k = bucketsFirst() + 1; k < bucketsFirst() + 4; k++) {
            World world = blind();
            Checkpoint paused = world.run(Checkpoint.start(START), k).orElseThrow();
            Checkpoint unguarded = new Checkpoint(
                    paused.startedAt(),
                    paused.serviceType(),
                    paused.pageToken(),
                    paused.discovered(),
                    paused.evaluated(),
                    paused.failed(),
                    Seen.none());

            world.run(unguarded, Integer.MAX_VALUE);

            wrong.add(world.wronglyRetired().size());
        }
        assertThat(wrong).containsExactly(3, 6, 9);
    }

    private static World blind() {
        World world = new World();
        world.cloud.blind = Optional.of(new ProviderReader.CurrentRead.Unavailable("nothing is read here"));
        return world;
    }

    private void assertSame(World world, String how) {
        assertThat(world.resources()).as(how).isEqualTo(without.resources());
        assertThat(world.ended()).as(how).isEqualTo(without.ended());
        assertThat(world.wronglyRetired()).as(how).isEmpty();
    }

    /** The types before the one with the buckets have one empty page each. */
    private int bucketsFirst() {
        return names().indexOf(FakeCloud.BUCKET);
    }

    private int pages() {
        return names().size() + 3;
    }

    private List<String> names() {
        return new SweepPipeline(
                        without.cloud.observer(),
                        without.cloud,
                        without.cloud,
                        without.store,
                        without.store,
                        without.store::observationsOf)
                .scope().stream().map(entry -> entry.serviceType().name()).collect(Collectors.toList());
    }
}
