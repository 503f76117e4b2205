/** Orders: hold, form, cancel, expire, fulfil. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"shared", "runtime", "identity", "allocation", "drops", "events"})
package dev.seonchak.orders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
