/** How HTTP enters and leaves: callers, strict JSON, problems, the OpenAPI document. */
@NullMarked
package dev.seonchak.edge.http;

import org.jspecify.annotations.NullMarked;
