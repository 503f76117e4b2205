/**
 * Drives the platform from outside, as its users do: the demo and, in the tests, stories and
 * faults.
 */
@NullMarked
package dev.seonchak.acceptance;

import org.jspecify.annotations.NullMarked;
