package dev.demarc.model;

/** How much of the stack the provider operates. */
public enum Tier {
    IAAS,
    CAAS,
    PAAS,
    FAAS,
    SAAS
}
