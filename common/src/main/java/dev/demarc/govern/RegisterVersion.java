package dev.demarc.govern;

import dev.demarc.json.Json;
import dev.demarc.register.Register;
import java.time.Instant;

/** One version of the register: its number from 1, when and by whom it was pushed, as it was written and as it reads. */
public record RegisterVersion(long number, Instant at, String by, Json json, Register register) {}
