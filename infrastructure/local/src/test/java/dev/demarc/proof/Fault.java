package dev.demarc.proof;

/** The world failed: what a store or a provider throws when it cannot answer. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    Fault(String what) {
        super(what);
    }
}
