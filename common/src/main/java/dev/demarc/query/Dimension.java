package dev.demarc.query;

/** What findings are grouped by. */
public enum Dimension {
    PROVIDER,
    ACCOUNT,
    SERVICE_CLASS,
    SERVICE_TYPE,
    TIER,
    PATTERN,
    CONTROL,
    CATEGORY,
    QUESTION,
    VERDICT,
    BAND,
    SENSITIVITY
}
