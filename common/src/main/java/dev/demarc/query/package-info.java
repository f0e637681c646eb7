@NullMarked
package dev.demarc.query;

import org.jspecify.annotations.NullMarked;
