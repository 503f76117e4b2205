/** The news as PostgreSQL keeps it: outbox, inbox, and how far the relay has come. */
@NullMarked
package dev.seonchak.events.postgres;

import org.jspecify.annotations.NullMarked;
