package dev.seonchak.payments.simulator;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One payment as the simulated company knows it.
 *
 * @param gateway whose protocol it was made by
 * @param page the unguessable part of the buyer's page
 * @param token what the buyer takes back to the shop, null until the buyer has agreed
 * @param captured what was taken from the buyer
 * @param cancelled what went back
 * @param over whether it is too old to be approved
 */
record Session(
    String tid,
    String gateway,
    String page,
    String order,
    String user,
    String item,
    int quantity,
    long amount,
    String approvalUrl,
    String cancelUrl,
    String failUrl,
    Stage stage,
    @Nullable String token,
    long captured,
    long cancelled,
    OffsetDateTime createdAt,
    boolean over) {

  /** What could still be given back. */
  long left() {
    return captured - cancelled;
  }

  boolean isCaptured() {
    return captured > 0;
  }
}
