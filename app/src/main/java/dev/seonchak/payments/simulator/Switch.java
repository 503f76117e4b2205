package dev.seonchak.payments.simulator;

import java.time.Duration;

/** A fault that is going to happen, and the delay that goes with it where it has one. */
record Switch(Fault fault, Duration delay) {}
