@NullMarked
package dev.demarc.azure;

import org.jspecify.annotations.NullMarked;
