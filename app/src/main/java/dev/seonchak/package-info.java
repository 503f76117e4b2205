/**
 * Seonchak: sells what runs out, first come, first served. Each package below is one capability.
 */
@NullMarked
package dev.seonchak;

import org.jspecify.annotations.NullMarked;
