package dev.demarc.archfixture.record;

import java.util.Map;

public final class EnvironmentReading {
    Map<String, String> settings() {
        return System.getenv();
    }
}
