package dev.demarc.query;

import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import java.util.SortedMap;

/** A workload of one account by its label, and how many live resources it has of each service type. */
public record WorkloadInUse(AccountId account, String workload, SortedMap<ServiceType, Long> resources) {}
