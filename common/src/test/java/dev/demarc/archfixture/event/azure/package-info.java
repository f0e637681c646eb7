@NullMarked
package dev.demarc.archfixture.event.azure;

import org.jspecify.annotations.NullMarked;
