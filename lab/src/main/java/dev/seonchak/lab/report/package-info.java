/** The lab's page: what was measured, told and drawn from the kept result files alone. */
@NullMarked
package dev.seonchak.lab.report;

import org.jspecify.annotations.NullMarked;
