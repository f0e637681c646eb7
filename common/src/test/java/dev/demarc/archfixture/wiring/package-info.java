@NullMarked
package dev.demarc.archfixture.wiring;

import org.jspecify.annotations.NullMarked;
