/** What people decide: register versions, waivers and attestations, kept as versioned documents. */
@NullMarked
package dev.demarc.govern;

import org.jspecify.annotations.NullMarked;
