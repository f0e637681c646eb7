@NullMarked
package dev.demarc.local;

import org.jspecify.annotations.NullMarked;
