/** Proof from the rows themselves that nothing was sold twice or lost. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"shared", "runtime", "allocation", "drops", "orders", "payments"})
package dev.seonchak.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
