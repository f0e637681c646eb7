@NullMarked
package dev.demarc.catalogue;

import org.jspecify.annotations.NullMarked;
