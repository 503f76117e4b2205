/** Paying an order through a gateway, and finding out what became of it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "runtime", "drops", "orders", "events"})
package dev.seonchak.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
