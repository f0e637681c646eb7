@NullMarked
package dev.demarc.json;

import org.jspecify.annotations.NullMarked;
