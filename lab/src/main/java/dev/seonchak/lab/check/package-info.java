/** Whether what was answered is what stands in the rows; no figure counts before. */
@NullMarked
package dev.seonchak.lab.check;

import org.jspecify.annotations.NullMarked;
