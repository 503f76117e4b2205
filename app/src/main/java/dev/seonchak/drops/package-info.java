/** Drops with their items and forms. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "runtime", "allocation"})
package dev.seonchak.drops;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
