package dev.demarc.record.dynamodb;

import dev.demarc.model.AccountId;
import dev.demarc.record.StoreChange;
import java.util.Optional;

/** What a record of the table's stream comes to. */
public sealed interface StreamRecord {

    /** Something that the centre acts on. */
    record Change(StoreChange change) implements StreamRecord {}

    /** A write that is no news to anyone: the centre's own, or an item that expired. */
    record Nothing() implements StreamRecord {}

    /**
     * A claim that is not believed or cannot be read, to be quarantined: the account whose partition holds it (empty for a record that names
     * none), where it comes from, its content and why.
     */
    record Poison(Optional<AccountId> account, String source, byte[] content, String reason) implements StreamRecord {}
}
