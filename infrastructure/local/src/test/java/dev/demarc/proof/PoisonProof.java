package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Provider;
import dev.demarc.proof.Functions.Parcel;
import dev.demarc.record.Poison;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that nobody can understand, between good ones and in their batches. */
abstract class PoisonProof {
    private static final int ATTEMPTS = 5;

    abstract Bench bench(Random random);

    abstract int resources();

    /** A message that no delivery can mend; each is unlike the others. */
    private record Garbage(int number, Provider provider, String body) implements Post {
        @Override
        public Parcel parcel(int id) {
            return new Parcel(id, provider, body);
        }
    }

    private record Run(Courier.Tally tally, Reckoning reckoning, long poison, long quarantined, long deliveries) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void countsPoisonAndBlocksNothing(int percent) throws Exception {
        Run run = run(percent, UnaryOperator.identity());

        assertThat(run.poison()).isPositive();
        assertThat(run.reckoning()).isEqualTo(Reckoning.EXACT);
        assertThat(run.quarantined()).isEqualTo(run.poison());
        assertThat(run.deliveries()).isEqualTo(run.poison());
        assertThat(run.tally().mostAttempts())
                .as("a message is never tried again")
                .isEqualTo(1);
    }

    @Test
    void blocksGoodNeighboursWhenPoisonIsThrown() throws Exception {
        Run run = run(50, door -> parcels -> throwing(door, parcels));

        assertThat(run.tally().dead()).isGreaterThan(run.poison());
        assertThat(run.reckoning().lost() + run.reckoning().stale()).isPositive();
    }

    /** Without quarantine and partial answers: the first message that cannot be understood fails its batch. */
    private static Set<Integer> throwing(Courier.Door door, List<Parcel> parcels) {
        for (int i = 0; i < parcels.size(); i++) {
            if (isGarbage(parcels.get(i))) {
                door.deliver(parcels.subList(0, i));
                Set<Integer> all = new HashSet<>();
                parcels.forEach(parcel -> all.add(parcel.id()));
                return all;
            }
        }
        return door.deliver(parcels);
    }

    private static boolean isGarbage(Parcel parcel) {
        return parcel.body().contains("garbage");
    }

    private Run run(int percent, UnaryOperator<Courier.Door> protection) throws Exception {
        Random random = Length.random("poison " + percent + " %");
        try (Bench bench = bench(random)) {
            World world = new World(random, resources(), 3);
            List<Post> posts = new ArrayList<>(world.deliveries(random));
            long good = posts.size();
            long poison = Math.max(1, Math.round(good * percent / (100.0 - percent)));
            for (int i = 0; i < poison; i++) {
                posts.add(garbage(i));
            }
            Collections.shuffle(posts, random);
            Courier.Door door =
                    protection.apply(new Functions(bench.store(), world.reader(), () -> World.END)::deliver);

            Courier.Tally tally = new Courier(ATTEMPTS, Duration.ofMillis(1)).deliver(posts, List.of(door, door));
            bench.project(bench.store(), Steps.FREE);

            List<Poison> kept = bench.store().poison(Scope.operator(Scope.MAIN), (int) (2 * poison + 10));
            long deliveries = kept.stream().mapToLong(Poison::deliveries).sum();
            Run run = new Run(tally, Reckoning.of(bench.store(), world), poison, kept.size(), deliveries);
            Report.line(
                    "poison " + bench.name(),
                    "%d %%: %d good and %d poison messages, %d attempts (at most %d for one), %d dead, %d quarantined (%d deliveries); %s",
                    percent,
                    good,
                    poison,
                    tally.attempts(),
                    tally.mostAttempts(),
                    tally.dead(),
                    kept.size(),
                    deliveries,
                    run.reckoning());
            return run;
        }
    }

    private static Garbage garbage(int number) {
        String mark = "garbage " + number;
        Provider provider = Provider.values()[number % 3];
        String body = switch (number / 3 % 4) {
            case 0 -> "{\"" + mark;
            case 1 -> "\"\\\"" + mark + "\\\"\"";
            case 2 -> "{\"note\":\"" + mark + "\",\"resourceType\":\"AWS::S3::Bucket\"}";
            default ->
                "{\"configurationItem\":{\"resourceType\":\"AWS::S3::Bucket\",\"resourceId\":\"" + mark
                        + "\",\"awsAccountId\":\"100000000000\"}}";
        };
        return new Garbage(number, provider, body);
    }
}
