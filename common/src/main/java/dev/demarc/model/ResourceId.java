package dev.demarc.model;

/**
 * Which resource: provider, account, region, the provider's type name without a variant, and the provider's own id (AWS resource id,
 * lower-cased ARM id, full asset name). The type is the provider's, because a resource keeps its identity when its variant changes.
 */
public record ResourceId(Provider provider, String account, String region, String type, String nativeId) {
    public ResourceId {
        require(account, "account");
        require(region, "region");
        require(type, "type");
        require(nativeId, "id");
    }

    /** One string that names the resource everywhere: {@code aws|111122223333|eu-west-1|AWS::S3::Bucket|name}. */
    public String key() {
        return provider.word() + "|" + account + "|" + region + "|" + type + "|" + nativeId;
    }

    public static ResourceId ofKey(String key) {
        String[] parts = key.split("\\|", 5);
        if (parts.length != 5) {
            throw new IllegalArgumentException(
                    "'" + key + "' is not a resource key; expected provider|account|region|type|id");
        }
        return new ResourceId(Provider.of(parts[0]), parts[1], parts[2], parts[3], parts[4]);
    }

    private static void require(String value, String what) {
        if (value.isBlank() || (!what.equals("id") && value.indexOf('|') >= 0)) {
            throw new IllegalArgumentException("a resource has an " + what + "; got '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return key();
    }
}
