package dev.demarc.archfixture.wiring;

import java.util.Map;

public final class LawfulWiring {
    Map<String, String> settings() {
        return System.getenv();
    }
}
