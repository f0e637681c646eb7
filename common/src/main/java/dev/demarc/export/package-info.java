/** Findings in other people's formats. */
@NullMarked
package dev.demarc.export;

import org.jspecify.annotations.NullMarked;
