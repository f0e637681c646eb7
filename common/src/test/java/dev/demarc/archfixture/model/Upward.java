package dev.demarc.archfixture.model;

import dev.demarc.archfixture.record.EnvironmentReading;

public record Upward(EnvironmentReading store) {}
