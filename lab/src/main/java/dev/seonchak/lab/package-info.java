/**
 * Ways of selling what runs out, measured side by side: same work, same servers, every row checked.
 */
@NullMarked
package dev.seonchak.lab;

import org.jspecify.annotations.NullMarked;
