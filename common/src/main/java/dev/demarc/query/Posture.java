package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Governance;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.Scope;
import dev.demarc.register.Documented;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Joins stored facts, what people decided and validation evidence at one moment, within one scope: findings, counts and the audit.
 * Everything here is derived; nothing is stored. No method reads a number of items that grows with the number of resources, except
 * {@link #all}, which hands out every finding.
 */
public final class Posture {

    public Posture(ScopedReads reads, Scope scope, Catalogue catalogue, Governance governance, Instant now) {
        throw new UnsupportedOperationException();
    }

    public Instant now() {
        throw new UnsupportedOperationException();
    }

    /** One page in the given order after {@code position} (of a page before, empty for the start). */
    public FindingPage findings(FindingFilter filter, Sort sort, int size, Optional<String> position) {
        throw new UnsupportedOperationException();
    }

    /** Every finding of the filter, page by page. */
    public Stream<Finding> all(FindingFilter filter, Sort sort) {
        throw new UnsupportedOperationException();
    }

    /** The open finding of this id. */
    public Optional<Finding> finding(String id) {
        throw new UnsupportedOperationException();
    }

    public List<Finding> findingsOf(ResourceId resource) {
        throw new UnsupportedOperationException();
    }

    /** Counts by the combination of the dimensions; by none: the total. */
    public Counts counts(FindingFilter filter, List<Dimension> by) {
        throw new UnsupportedOperationException();
    }

    /** For each dimension the values that occur under the filter, with their numbers. */
    public List<Counts> facets(FindingFilter filter, Set<Dimension> dimensions) {
        throw new UnsupportedOperationException();
    }

    /** The audit; of the filter only provider, account, class, service type, tier, pattern and control count. */
    public Audit audit(FindingFilter filter) {
        throw new UnsupportedOperationException();
    }

    public List<TypeInUse> serviceTypesInUse() {
        throw new UnsupportedOperationException();
    }

    public List<AccountCoverage> accounts() {
        throw new UnsupportedOperationException();
    }

    public Documented documented(ServiceType serviceType) {
        throw new UnsupportedOperationException();
    }
}
