/** The entrance: who is calling, what is let in, and how refusals are told. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "runtime", "identity"})
package dev.seonchak.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
