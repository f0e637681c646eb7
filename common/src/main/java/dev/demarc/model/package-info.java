@NullMarked
package dev.demarc.model;

import org.jspecify.annotations.NullMarked;
