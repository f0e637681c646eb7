package dev.demarc.query;

import dev.demarc.govern.Waiver;

/** An active waiver and the most urgent band among the findings that it names and no longer covers. */
public record OutgrownWaiver(Waiver waiver, Priority.Band reached) {}
