/** The pages' controllers and what their templates are given to show. */
@NullMarked
package dev.seonchak.pages.http;

import org.jspecify.annotations.NullMarked;
