package dev.demarc.catalogue;

import java.util.Optional;

/**
 * A further document that a service type's controls need, and the right to read it. In an IaC document {@code by} is the member of the
 * companion that refers to the main resource, and {@code ids} the member of the main one that refers to companions.
 */
public record CompanionSpec(
        String name, String type, Scope scope, Optional<Path> ids, Optional<Path> by, String permission) {

    /** Which documents: the account's, the resource's children, or those whose ids the main document lists. */
    public enum Scope {
        ACCOUNT("account"),
        RESOURCE("resource"),
        IDS("ids");

        private final String word;

        Scope(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
