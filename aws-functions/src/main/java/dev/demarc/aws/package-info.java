@NullMarked
package dev.demarc.aws;

import org.jspecify.annotations.NullMarked;
