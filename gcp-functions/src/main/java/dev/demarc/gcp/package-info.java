@NullMarked
package dev.demarc.gcp;

import org.jspecify.annotations.NullMarked;
