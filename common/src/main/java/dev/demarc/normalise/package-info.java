@NullMarked
package dev.demarc.normalise;

import org.jspecify.annotations.NullMarked;
