package dev.demarc.catalogue;

import dev.demarc.model.Tier;

/**
 * Service types of different providers that do the same work. {@code leadPattern}: identity, data, network or operations; {@code role}:
 * what the class is to a workload (compute, database, storage, …), empty for what none moves to or from.
 */
public record ServiceClass(String id, String title, Tier tier, String leadPattern, String role) {}
