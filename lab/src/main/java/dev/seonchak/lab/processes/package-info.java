/** Java processes of a run besides its own. */
@NullMarked
package dev.seonchak.lab.processes;

import org.jspecify.annotations.NullMarked;
