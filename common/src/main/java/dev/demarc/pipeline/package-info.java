@NullMarked
package dev.demarc.pipeline;

import org.jspecify.annotations.NullMarked;
