@NullMarked
package dev.demarc.archfixture.normalise;

import org.jspecify.annotations.NullMarked;
