package dev.demarc.record;

import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import java.time.Instant;

/** Evidence that a feed is alive: the newest time an event or canary of this type arrived for the account. Older times change nothing. */
public record FeedEvidence(Provider provider, String account, ServiceType serviceType, Instant lastEventAt) {
    public AccountId accountId() {
        return new AccountId(provider, account);
    }
}
