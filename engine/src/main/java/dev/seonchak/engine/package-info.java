/**
 * Allocates what runs out: exact, durable and fast, because one transaction decides a whole batch.
 *
 * <p>{@link dev.seonchak.engine.Engine} is the entrance, {@link dev.seonchak.engine.Journal} is the
 * port behind which a database stands, and {@link dev.seonchak.engine.Decider} is the rule book: a
 * deterministic function without time, randomness or input of its own.
 */
@NullMarked
package dev.seonchak.engine;

import org.jspecify.annotations.NullMarked;
