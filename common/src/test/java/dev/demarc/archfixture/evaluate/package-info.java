@NullMarked
package dev.demarc.archfixture.evaluate;

import org.jspecify.annotations.NullMarked;
