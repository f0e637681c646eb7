package dev.demarc.project;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.FOREIGN;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.sweep;
import static dev.demarc.record.Sample.version;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.record.CentralStore;
import dev.demarc.record.SweepEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A seeded sequence of what accounts write: resources that change, move, vanish and come back, and sweeps. */
final class Story {
    private static final List<ControlId> CONTROLS = List.of(ENCRYPTION, NETWORK, new ControlId("DAT-06"));
    private static final List<Verdict> VERDICTS = List.of(PASS, FAIL, DOUBT, new Verdict.NotApplicable("a log bucket"));
    private static final List<ServiceType> TYPES = List.of(BUCKET, new ServiceType("AWS::S3::Bucket#directory"));

    /** One write to the store. */
    sealed interface Event {
        record Observed(Observation observation) implements Event {}

        record Swept(SweepEvidence evidence) implements Event {}
    }

    private Story() {}

    static List<Event> of(Random random, int resources, int steps) {
        List<Event> events = new ArrayList<>();
        for (int second = 1; second <= steps; second++) {
            AccountId account = random.nextBoolean() ? ACCOUNT : FOREIGN;
            if (random.nextInt(6) == 0) {
                SweepEvidence.State[] states = SweepEvidence.State.values();
                events.add(new Event.Swept(sweep(
                        account,
                        TYPES.get(random.nextInt(2)),
                        NOON.plusSeconds(second - random.nextInt(5)),
                        states[random.nextInt(states.length)])));
            } else {
                ResourceId resource = bucket(account, "b" + random.nextInt(resources));
                events.add(new Event.Observed(observation(random, resource, second)));
            }
        }
        return events;
    }

    private static Observation observation(Random random, ResourceId resource, int second) {
        ServiceType type = TYPES.get(random.nextInt(10) == 0 ? 1 : 0);
        if (random.nextInt(8) == 0) {
            return Observation.tombstone(resource, type, version(second));
        }
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>();
        CONTROLS.forEach(control -> verdicts.put(control, VERDICTS.get(random.nextInt(4))));
        return new Observation(
                resource,
                type,
                version(second - (random.nextInt(5) == 0 ? 1 : 0)),
                Observation.State.LIVE,
                "rev-" + random.nextInt(2),
                random.nextInt(3) == 0 ? Labels.NONE : LABELS,
                verdicts);
    }

    static void write(CentralStore store, Event event) {
        switch (event) {
            case Event.Observed(Observation observation) -> store.record(observation);
            case Event.Swept(SweepEvidence evidence) -> store.putSweepEvidence(evidence);
        }
    }
}
