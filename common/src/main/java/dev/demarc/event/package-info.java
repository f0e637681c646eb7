@NullMarked
package dev.demarc.event;

import org.jspecify.annotations.NullMarked;
