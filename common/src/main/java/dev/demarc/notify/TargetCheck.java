package dev.demarc.notify;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be called from inside: https to a host on the public internet. Ask {@link #refusal(URI)} before an address is stored and before
 * it is used, and {@link #refusal(InetAddress)} about every address the host name stands for at the very moment of the connection.
 */
public record TargetCheck(Set<Integer> ports, Set<InetAddress> exempt) {
    private static final int LONGEST = 2048;
    private static final Pattern HOST =
            Pattern.compile("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?i)(.*\\.)?(\\d+|0x[0-9a-f]*)");
    private static final List<String> INSIDE =
            List.of("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "svc", "corp");

    public TargetCheck {
        ports = Set.copyOf(ports);
        exempt = Set.copyOf(exempt);
    }

    /** Port 443 only. */
    public static TargetCheck strict() {
        return new TargetCheck(Set.of(443), Set.of());
    }

    /** Other ports than 443 only, or as well, as they are listed. */
    public static TargetCheck ofPorts(Set<Integer> ports) {
        return new TargetCheck(ports, Set.of());
    }

    /** Also these addresses, whatever they are: for tests with servers of their own. */
    public TargetCheck exempting(Set<InetAddress> addresses) {
        return new TargetCheck(ports, addresses);
    }

    /** Why the URL may not be called; empty when it may, as far as can be seen without asking for the host's addresses. */
    public Optional<String> refusal(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            return Optional.of("it is not https");
        }
        if (url.toString().length() > LONGEST) {
            return Optional.of("it is longer than " + LONGEST + " characters");
        }
        if (url.getRawUserInfo() != null
                || (url.getRawAuthority() != null && url.getRawAuthority().contains("@"))) {
            return Optional.of("it has a user name");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("it has a fragment");
        }
        if (url.getHost() == null) {
            return Optional.of("it has no host name in plain letters");
        }
        int port = url.getPort() < 0 ? 443 : url.getPort();
        return ports.contains(port) ? hostRefusal(url.getHost()) : Optional.of("port " + port + " is not allowed");
    }

    private Optional<String> hostRefusal(String written) {
        String host = written.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.contains("%")
                    ? Optional.of("its address has a zone")
                    : literal(host.substring(1, host.length() - 1));
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (DOTTED.matcher(host).matches()) {
            return literal(host);
        }
        if (ENDS_IN_NUMBER.matcher(host).matches()) {
            return Optional.of("its host is a number");
        }
        if (!HOST.matcher(host).matches()) {
            return Optional.of("it has no host name in plain letters");
        }
        String name = host;
        boolean isInside = !name.contains(".")
                || name.startsWith("metadata.")
                || name.contains(".metadata.")
                || INSIDE.stream().anyMatch(suffix -> name.endsWith("." + suffix));
        return isInside ? Optional.of("its host is not on the public internet") : Optional.empty();
    }

    /** An address in figures needs no name service. */
    private Optional<String> literal(String address) {
        try {
            return refusal(InetAddress.getByName(address));
        } catch (UnknownHostException notAnAddress) {
            return Optional.of("its address is none");
        }
    }

    /** Why no connection to the address may be made; empty when it is on the public internet. */
    public Optional<String> refusal(InetAddress address) {
        if (exempt.contains(address)) {
            return Optional.empty();
        }
        return TargetRanges.isPublic(address.getAddress())
                ? Optional.empty()
                : Optional.of("its address is not on the public internet");
    }
}
