/** Real PostgreSQL, Redis and Kafka for one machine, brought along as ordinary Maven artifacts. */
@NullMarked
package dev.seonchak.embedded;

import org.jspecify.annotations.NullMarked;
