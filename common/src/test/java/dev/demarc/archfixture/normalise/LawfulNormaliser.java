package dev.demarc.archfixture.normalise;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

public final class LawfulNormaliser {
    Instant read(String encoded) {
        return Instant.parse(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    }
}
