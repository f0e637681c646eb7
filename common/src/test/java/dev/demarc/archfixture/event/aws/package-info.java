@NullMarked
package dev.demarc.archfixture.event.aws;

import org.jspecify.annotations.NullMarked;
