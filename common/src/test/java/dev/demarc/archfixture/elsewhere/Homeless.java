package dev.demarc.archfixture.elsewhere;

/** Its package has no step and no package-info. */
public final class Homeless {}
