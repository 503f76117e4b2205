/** Counters of sign-in attempts in Redis. */
@NullMarked
package dev.seonchak.identity.redis;

import org.jspecify.annotations.NullMarked;
