package dev.demarc.pipeline;

import dev.demarc.model.ResourceId;

/** The provider's answer is older than the change that it was asked about: what it says must not be taken for the current state. */
final class StaleRead extends Transient {
    private static final long serialVersionUID = 1L;

    StaleRead(ResourceId resource) {
        super("the provider's answer about a " + resource.type() + " is older than its last change");
    }
}
