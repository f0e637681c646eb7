package dev.demarc.archfixture.query;

import dev.demarc.record.CentralStore;

/** Reads the store past the scope. */
public record Unscoped(CentralStore store) {}
