package dev.demarc.archfixture.evaluate;

public final class Chatty {
    private static final System.Logger LOGGER = System.getLogger("chatty");

    void say(String verdict) {
        LOGGER.log(System.Logger.Level.INFO, verdict);
    }
}
