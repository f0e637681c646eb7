package dev.demarc.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses are on the public internet, after IANA's registries of special-purpose addresses. IPv6 is judged the other way round: only
 * global unicast is public, and of it none of the forms that carry an IPv4 address (6to4, Teredo, ISATAP), so that none can hide one.
 */
final class TargetRanges {
    private record Range(byte[] start, int bits) {
        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != start[i]) {
                    return false;
                }
            }
            int mask = 0xFF << (8 - bits % 8) & 0xFF;
            return bits % 8 == 0 || (address[whole] & mask) == (start[whole] & mask);
        }

        static Range of(String text) {
            int slash = text.indexOf('/');
            try {
                return new Range(
                        InetAddress.getByName(text.substring(0, slash)).getAddress(),
                        Integer.parseInt(text.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("'" + text + "' is not a range", e);
            }
        }
    }

    private static final List<Range> FORBIDDEN = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's host agent, from inside of Azure
            "169.254.0.0/16", // link-local, with the metadata services
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "2001::/23", // protocol assignments, with Teredo, ORCHID, benchmarks
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private static final Range GLOBAL_UNICAST = Range.of("2000::/3");

    private TargetRanges() {}

    /** {@code address} has 4 or 16 bytes. Java has already made an IPv4 address of an IPv4-mapped one. */
    static boolean isPublic(byte[] address) {
        if (FORBIDDEN.stream().anyMatch(range -> range.holds(address))) {
            return false;
        }
        return address.length == 4 || (GLOBAL_UNICAST.holds(address) && !isIsatap(address));
    }

    /** ISATAP: the interface id is 0:5efe or 200:5efe and an IPv4 address. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & 0xFD) == 0 && address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe;
    }

    private static List<Range> ranges(String... texts) {
        return java.util.Arrays.stream(texts).map(Range::of).toList();
    }
}
