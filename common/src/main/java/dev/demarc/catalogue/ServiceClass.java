package dev.demarc.catalogue;

import dev.demarc.model.Tier;

/** Service types of different providers that do the same work. {@code leadPattern}: identity, data, network or operations. */
public record ServiceClass(String id, String title, Tier tier, String leadPattern) {}
