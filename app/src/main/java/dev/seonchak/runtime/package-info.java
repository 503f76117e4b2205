/** Roles, clock, ids and start-up: what a process is made of. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.seonchak.runtime;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
