package dev.demarc.query;

/** What is to be done. */
public enum Category {
    CORRECT,
    ADD_VALIDATION,
    REMEDIATE
}
