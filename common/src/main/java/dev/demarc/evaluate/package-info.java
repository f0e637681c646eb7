@NullMarked
package dev.demarc.evaluate;

import org.jspecify.annotations.NullMarked;
