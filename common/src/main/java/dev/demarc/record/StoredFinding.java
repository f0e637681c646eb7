package dev.demarc.record;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import java.time.Instant;

/**
 * One control that failed, could not be judged, or was fixed and not yet confirmed, on one resource. Holds facts; category and priority are
 * derived by the query. {@code since} is when it began to fail (of a fixed one: the time of the fix); {@code version} is the version of the
 * resource at which the finding last changed; {@code exposed} says that the resource is open to everyone or to every network.
 */
public record StoredFinding(
        String tenant,
        ResourceId resource,
        ServiceType serviceType,
        ControlId control,
        String verdict,
        String reason,
        Version version,
        Instant since,
        Labels labels,
        boolean exposed) {

    /** The id: resource key, then {@code |}, then the control. */
    public String id() {
        return resource.key() + "|" + control.value();
    }

    public AccountId account() {
        return AccountId.of(resource);
    }

    /** The counter that this finding is counted in. */
    public RollupKey bucket() {
        return new RollupKey(
                tenant,
                resource.provider(),
                resource.account(),
                serviceType,
                control,
                verdict,
                labels.sensitivity(),
                labels.criticality(),
                exposed);
    }
}
