package dev.demarc.archfixture.event.aws;

import dev.demarc.archfixture.event.azure.There;
import org.jspecify.annotations.Nullable;

public record Here(@Nullable There there) {}
