package dev.demarc.query;

import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.register.Documented;
import java.util.Optional;

/** A service type in use: what the catalogue and the register say about it, and how many accounts and live resources use it. */
public record TypeInUse(
        Provider provider,
        ServiceType serviceType,
        Optional<String> serviceClass,
        Optional<String> tier,
        Optional<String> name,
        Optional<String> catalogueRevision,
        Documented documented,
        long accounts,
        long resources) {}
