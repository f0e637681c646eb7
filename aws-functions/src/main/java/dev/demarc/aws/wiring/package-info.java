@NullMarked
package dev.demarc.aws.wiring;

import org.jspecify.annotations.NullMarked;
