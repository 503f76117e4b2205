/** Accounts, sessions and keys. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "runtime"})
package dev.seonchak.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
