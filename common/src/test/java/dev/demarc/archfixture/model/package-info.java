@NullMarked
package dev.demarc.archfixture.model;

import org.jspecify.annotations.NullMarked;
