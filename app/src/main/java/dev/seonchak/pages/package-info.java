/** Server-rendered pages for buyer and seller. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "shared",
      "runtime",
      "identity",
      "drops",
      "allocation",
      "orders",
      "payments",
      "audit",
      "edge"
    })
package dev.seonchak.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
