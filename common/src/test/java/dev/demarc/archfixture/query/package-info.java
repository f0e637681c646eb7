@NullMarked
package dev.demarc.archfixture.query;

import org.jspecify.annotations.NullMarked;
