package dev.demarc.query;

import dev.demarc.govern.Governance;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The counters and the evidence of one scope, each read once, when it is first asked for. */
final class Facts {
    private final ScopedReads reads;
    private final Scope scope;
    private final Once<Map<RollupKey, Long>> rollups;
    private final Once<Validation> validation;
    private final Once<SortedMap<TypeInAccount, Long>> live;

    Facts(ScopedReads reads, Scope scope, Governance governance, Instant now) {
        this.reads = reads;
        this.scope = scope;
        this.rollups = new Once<>(() -> reads.rollups(scope));
        this.validation = new Once<>(() -> new Validation(
                reads.feedEvidence(scope),
                reads.sweepEvidence(scope),
                governance.register().windows(),
                now));
        this.live = new Once<>(this::countLive);
    }

    ScopedReads reads() {
        return reads;
    }

    Scope scope() {
        return scope;
    }

    Map<RollupKey, Long> rollups() {
        return rollups.get();
    }

    Validation validation() {
        return validation.get();
    }

    /** How many live resources each account has of each service type in use. */
    SortedMap<TypeInAccount, Long> live() {
        return live.get();
    }

    SortedMap<ServiceType, Provider> typesInUse() {
        SortedMap<ServiceType, Provider> types = new TreeMap<>();
        live().keySet()
                .forEach(one -> types.put(one.serviceType(), one.account().provider()));
        return types;
    }

    // Every live resource is counted once under the control on its labels.
    private SortedMap<TypeInAccount, Long> countLive() {
        SortedMap<TypeInAccount, Long> counts = new TreeMap<>();
        rollups().forEach((key, count) -> {
            if (count > 0 && key.control().equals(Projected.LABELLED)) {
                counts.merge(new TypeInAccount(key.accountId(), key.serviceType()), count, Long::sum);
            }
        });
        return counts;
    }
}
