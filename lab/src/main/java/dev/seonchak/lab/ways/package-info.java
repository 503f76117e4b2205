/** The ways of a hold: twins of the same shape, one class each. */
@NullMarked
package dev.seonchak.lab.ways;

import org.jspecify.annotations.NullMarked;
