package dev.demarc.catalogue.compile;

/** A file of the catalogue that cannot be read at all; the message says file, line and what is wrong. */
public final class CatalogueMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CatalogueMistake(String message) {
        super(message);
    }
}
