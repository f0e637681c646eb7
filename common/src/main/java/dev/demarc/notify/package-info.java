/** Tells the outside: notices of what changed, and signed webhooks. */
@NullMarked
package dev.demarc.notify;

import org.jspecify.annotations.NullMarked;
