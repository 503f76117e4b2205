/** Words that every module uses: ids, money, the caller, problems; depends on nothing. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.seonchak.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
