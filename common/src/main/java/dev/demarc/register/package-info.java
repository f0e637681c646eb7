@NullMarked
package dev.demarc.register;

import org.jspecify.annotations.NullMarked;
