@NullMarked
package dev.demarc.azure.build;

import org.jspecify.annotations.NullMarked;
