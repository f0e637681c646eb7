package dev.demarc.local.store;

/** The data file could not be opened, read or written; the message says which and what next. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFailure(String message) {
        super(message);
    }

    StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
