package dev.demarc.proof;

import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import dev.demarc.record.CentralStore;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoreChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The suite with one protection switched off: each must do harm, or the proof with the protection on shows nothing. */
final class Unprotected {
    private Unprotected() {}

    /** Whatever arrives last is kept, as a plain put would. */
    static CentralStore lastArrivalWins(CentralStore store) {
        return Intercepted.store(store, call -> {
            if (!call.name().equals("record")) {
                return call.proceed();
            }
            Observation observation = call.argument(Observation.class);
            return call.proceed(newest(observation, store.observation(observation.resource())));
        });
    }

    /** A deleted resource is forgotten together with its version. */
    static CentralStore forgetsDeletions(CentralStore store) {
        Set<ResourceId> forgotten = new HashSet<>();
        return Intercepted.store(store, call -> {
            if (!call.name().equals("record")) {
                return call.proceed();
            }
            Observation observation = call.argument(Observation.class);
            Optional<Observation> known = store.observation(observation.resource());
            boolean isForgotten;
            synchronized (forgotten) {
                isForgotten = forgotten.contains(observation.resource());
                boolean deletes = !observation.isLive()
                        && known.map(one -> one.version().compareTo(observation.version()) <= 0)
                                .orElse(true);
                if (deletes) {
                    forgotten.add(observation.resource());
                } else if (isForgotten && observation.isLive()) {
                    forgotten.remove(observation.resource());
                }
            }
            return isForgotten && observation.isLive() ? call.proceed(newest(observation, known)) : call.proceed();
        });
    }

    private static Observation newest(Observation observation, Optional<Observation> known) {
        if (known.isEmpty() || known.get().version().compareTo(observation.version()) < 0) {
            return observation;
        }
        Version version = known.get().version();
        return new Observation(
                observation.resource(),
                observation.serviceType(),
                new Version(version.observedAt(), version.rank() + 1),
                observation.state(),
                observation.catalogueRevision(),
                observation.labels(),
                observation.verdicts());
    }

    /** A projector that believes the message: it counts from the images that the change carries. */
    static Consumer<StoreChange> countsFromTheMessage(CentralStore store) {
        return change -> {
            if (!(change instanceof ObservationChange observed)) {
                return;
            }
            String tenant = store.tenantOf(
                    dev.demarc.model.AccountId.of(observed.after().resource()));
            Optional<Projected> held = store.projected(observed.after().resource());
            Projected next = Projected.advance(held, observed.after(), tenant, fix -> true);
            Projection step = Projection.between(held, next, Optional.empty());
            Map<RollupKey, Long> deltas =
                    new HashMap<>(state(observed.after(), tenant).counters());
            observed.before()
                    .ifPresent(before -> state(before, tenant)
                            .counters()
                            .forEach((key, count) -> deltas.merge(key, -count, Long::sum)));
            deltas.values().removeIf(delta -> delta == 0);
            store.project(new Projection(held, next, step.upserts(), step.removed(), deltas, Optional.empty()));
        };
    }

    private static Projected state(Observation observation, String tenant) {
        return Projected.advance(Optional.empty(), observation, tenant, fix -> true);
    }
}
