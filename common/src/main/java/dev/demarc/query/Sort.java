package dev.demarc.query;

/** The order of a list of findings. */
public enum Sort {
    /** The most urgent first. */
    PRIORITY,
    /** The one that has been open longest first; findings without a beginning last. */
    AGE
}
