package dev.demarc.archfixture.event.azure;

import dev.demarc.archfixture.event.aws.Here;
import org.jspecify.annotations.Nullable;

public record There(@Nullable Here here) {}
