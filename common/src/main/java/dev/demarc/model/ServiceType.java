package dev.demarc.model;

/** A kind of cloud service by the provider's own name, such as {@code AWS::S3::Bucket} or {@code Microsoft.Web/sites#functionapp}. */
public record ServiceType(String name) implements Comparable<ServiceType> {
    public ServiceType {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a service type has a name");
        }
    }

    @Override
    public int compareTo(ServiceType other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
