package dev.demarc.json;

/** Thrown for text that is not one JSON value; the message gives line and column, never the text itself. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
        super(message, null, false, false);
    }
}
