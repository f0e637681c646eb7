@NullMarked
package dev.demarc.project;

import org.jspecify.annotations.NullMarked;
