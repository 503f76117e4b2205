/** The engine at work on PostgreSQL: pools and the claims on them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "runtime"})
package dev.seonchak.allocation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
