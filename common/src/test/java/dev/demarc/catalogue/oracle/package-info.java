/** A second reading of catalogue rows, written from what they mean and apart from the machinery that evaluates them. */
@org.jspecify.annotations.NullMarked
package dev.demarc.catalogue.oracle;
