@NullMarked
package dev.demarc.archfixture.record;

import org.jspecify.annotations.NullMarked;
