/** The rules of the audit as queries. */
@NullMarked
package dev.seonchak.audit.postgres;

import org.jspecify.annotations.NullMarked;
