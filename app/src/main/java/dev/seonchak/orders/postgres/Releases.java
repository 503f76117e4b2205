package dev.seonchak.orders.postgres;

import dev.seonchak.engine.Cause;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request.Release;
import dev.seonchak.orders.Order;
import java.util.stream.Collectors;

/** An order's claims on their way back. */
final class Releases {
  private Releases() {}

  static Release of(Order order, Cause cause) {
    return new Release(
        new HolderId(order.id().value()),
        new GroupId(order.drop().value()),
        order.lines().stream()
            .map(line -> new PoolId(line.item().value()))
            .collect(Collectors.toSet()),
        cause);
  }
}
