/** The central store embedded in one process: one SQLite file in a data directory. */
@NullMarked
package dev.demarc.local.store;

import org.jspecify.annotations.NullMarked;
