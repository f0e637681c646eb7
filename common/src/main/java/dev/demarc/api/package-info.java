@NullMarked
package dev.demarc.api;

import org.jspecify.annotations.NullMarked;
