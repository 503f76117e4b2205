/** Paying over HTTP: starting a payment, and the addresses that gateways send buyers back to. */
@NullMarked
package dev.seonchak.payments.http;

import org.jspecify.annotations.NullMarked;
