package dev.demarc.api;

/** A query parameter that cannot be used; the message says what to send instead. */
final class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadParameter(String message) {
        super(message, null, false, false);
    }
}
