package dev.demarc.local;

/** Something the user can put right; the message says what, where and what next. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message);
    }
}
