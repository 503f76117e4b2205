/** What is done to a way: who calls, what they ask for, and how long it takes. */
@NullMarked
package dev.seonchak.lab.load;

import org.jspecify.annotations.NullMarked;
