@NullMarked
package dev.demarc.catalogue.compile;

import org.jspecify.annotations.NullMarked;
