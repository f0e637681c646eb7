@NullMarked
package dev.demarc.record;

import org.jspecify.annotations.NullMarked;
