/** What an operator may do with the news. */
@NullMarked
package dev.seonchak.events.http;

import org.jspecify.annotations.NullMarked;
