package dev.demarc.notify;

import java.net.URI;
import java.util.Map;

/**
 * Posts a message to an address outside. An implementation asks {@link TargetCheck} about every address that the host name stands for and
 * connects to one of those very addresses, follows no redirect, uses no proxy, and gives up after some seconds. It never throws.
 */
@FunctionalInterface
public interface WebhookSender {
    Reply post(URI url, Map<String, String> headers, byte[] body);

    /** What came back. Never holds any of the answer's content. */
    sealed interface Reply {
        /** The receiver answered with this HTTP status. */
        record Status(int code) implements Reply {}

        /** There was no answer; {@code because} is our own words, without content of the answer. */
        record Failed(String because) implements Reply {}
    }
}
