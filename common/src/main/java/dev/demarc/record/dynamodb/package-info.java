/** The central store in one Amazon DynamoDB table. */
@NullMarked
package dev.demarc.record.dynamodb;

import org.jspecify.annotations.NullMarked;
