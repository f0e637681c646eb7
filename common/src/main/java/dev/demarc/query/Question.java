package dev.demarc.query;

/** The question that failed. */
public enum Question {
    DOCUMENTED,
    IMPLEMENTED,
    VALIDATED
}
