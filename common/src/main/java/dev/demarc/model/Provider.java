package dev.demarc.model;

import java.util.Locale;

/** A cloud provider. */
public enum Provider {
    AWS,
    AZURE,
    GCP;

    /** The lower-case word used in keys, files and answers: {@code aws}, {@code azure}, {@code gcp}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Provider of(String word) {
        for (Provider provider : values()) {
            if (provider.word().equals(word)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("unknown provider '" + word + "'; say aws, azure or gcp");
    }
}
