package dev.demarc.evaluate;

import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions about the permissions of a security group, in the recorder's form. */
final class SecurityGroup {
    private static final List<String> SOURCES =
            List.of("ipv4Ranges", "ipv6Ranges", "ipRanges", "userIdGroupPairs", "prefixListIds");

    private SecurityGroup() {}

    /** Whether a permission lets any IPv4 or IPv6 address reach one of the ports over TCP. */
    static Truth.Value opens(List<Map<String, SettingValue>> permissions, List<Integer> ports) {
        boolean understood = true;
        for (Map<String, SettingValue> fields : permissions) {
            Json permission = fields.get("$") instanceof SettingValue.Known(Json value, boolean ignored)
                    ? value
                    : Json.JsonNull.NULL;
            Optional<String> protocol = permission.at("ipProtocol").text();
            if (protocol.isEmpty() || !isUnderstood(permission)) {
                understood = false;
            } else if (isOpen(permission) && covers(permission, protocol.get(), ports)) {
                return Truth.Value.HOLDS;
            }
        }
        return understood ? Truth.Value.FAILS : Truth.Value.UNDETERMINED;
    }

    private static boolean isUnderstood(Json permission) {
        List<Json> sources = SOURCES.stream()
                .map(permission::at)
                .filter(source -> !source.isNull())
                .toList();
        return !sources.isEmpty() && sources.stream().allMatch(Json.JsonArray.class::isInstance);
    }

    private static boolean covers(Json permission, String protocol, List<Integer> ports) {
        if (protocol.equals("-1")) {
            return true;
        }
        if (!protocol.equals("tcp") && !protocol.equals("6")) {
            return false;
        }
        long from = permission.longAt("fromPort", 0);
        long to = permission.longAt("toPort", 65_535);
        return ports.stream().anyMatch(port -> from <= port && port <= to);
    }

    private static boolean isOpen(Json permission) {
        boolean v4 = permission.at("ipv4Ranges").elements().stream()
                .anyMatch(range -> range.textAt("cidrIp", "").equals("0.0.0.0/0"));
        boolean v6 = permission.at("ipv6Ranges").elements().stream()
                .anyMatch(range -> range.textAt("cidrIpv6", "").equals("::/0"));
        boolean old = permission.at("ipRanges").elements().stream()
                .anyMatch(range -> range.text().orElse("").equals("0.0.0.0/0"));
        return v4 || v6 || old;
    }
}
