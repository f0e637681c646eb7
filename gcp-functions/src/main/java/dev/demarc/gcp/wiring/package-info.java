@NullMarked
package dev.demarc.gcp.wiring;

import org.jspecify.annotations.NullMarked;
