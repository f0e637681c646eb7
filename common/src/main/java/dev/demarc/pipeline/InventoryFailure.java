package dev.demarc.pipeline;

/** An inventory that cannot be listed, and will not be by trying again: a permission is missing, or the question is refused. */
public final class InventoryFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code message} says what is missing and what to do, for people; it never quotes a configuration. */
    public InventoryFailure(String message) {
        super(message);
    }
}
