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
    /** A control may be mapped to several; its findings count under each. */
    FRAMEWORK,
    CATEGORY,
    QUESTION,
    VERDICT,
    BAND,
    SENSITIVITY
}
