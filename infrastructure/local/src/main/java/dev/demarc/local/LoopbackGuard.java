package dev.demarc.local;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps web pages out of a server on loopback: a page whose name was made to resolve to 127.0.0.1 sends that name as {@code Host}, and a
 * page of another origin says so in {@code Origin}.
 */
final class LoopbackGuard {
    private static final Pattern AUTHORITY = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");

    private LoopbackGuard() {}

    static boolean isLoopback(String authority) {
        return AUTHORITY.matcher(authority).matches();
    }

    /** Why the request is refused; empty when it is not. */
    static Optional<String> refusal(Optional<String> host, Optional<String> origin) {
        if (host.filter(LoopbackGuard::isLoopback).isEmpty()) {
            return Optional.of("this server answers for 127.0.0.1 and localhost only; the Host header names another");
        }
        boolean ownOrigin =
                origin.map(from -> from.equals("http://" + host.orElse(""))).orElse(true);
        return ownOrigin
                ? Optional.empty()
                : Optional.of("this server does not answer pages of another origin; the Origin header names one");
    }
}
