/** KakaoPay online payment, one-time. */
@NullMarked
package dev.seonchak.payments.kakaopay;

import org.jspecify.annotations.NullMarked;
