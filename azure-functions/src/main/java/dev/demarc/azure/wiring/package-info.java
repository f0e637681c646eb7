@NullMarked
package dev.demarc.azure.wiring;

import org.jspecify.annotations.NullMarked;
