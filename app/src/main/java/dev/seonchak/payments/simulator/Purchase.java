package dev.seonchak.payments.simulator;

import java.time.OffsetDateTime;

/** What a shop wants to be paid for, and where the buyer goes afterwards. */
record Purchase(
    String order,
    String user,
    String item,
    int quantity,
    long amount,
    String approvalUrl,
    String cancelUrl,
    String failUrl) {
  /** A session for it that has just been announced. */
  Session opened(String tid, String gateway, String page) {
    return new Session(
        tid,
        gateway,
        page,
        order,
        user,
        item,
        quantity,
        amount,
        approvalUrl,
        cancelUrl,
        failUrl,
        Stage.READY,
        null,
        0,
        0,
        OffsetDateTime.MIN,
        false);
  }
}
