package dev.seonchak.pages.http;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Question;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.Money;
import java.util.ArrayList;
import java.util.List;

/** An order as its pages show it. */
public record OrderView(
    String id,
    String dropId,
    String title,
    String state,
    String amount,
    String createdAt,
    String expiresAt,
    List<LineView> lines,
    List<Question> questions,
    Answers answers,
    List<IssuedView> issued) {

  private static final List<String> WAY = List.of("Held", "Paid", "Confirmed");

  /** A line of the order with the item's name and the line's price. */
  public record LineView(String name, int quantity, long sequence, String price) {}

  /** Something that was issued: a ticket with the code that the door checks, or a packing slip. */
  public record IssuedView(String name, String code) {}

  /**
   * A station on the way of an order.
   *
   * @param mark the style: done, now, or empty for what is still to come
   */
  public record Step(String name, String mark) {}

  static OrderView of(Order order, Drop drop, List<IssuedView> issued) {
    return new OrderView(
        order.id().toString(),
        order.drop().toString(),
        drop.title(),
        order.state().name(),
        Won.text(order.amount()),
        order.createdAt().toString(),
        order.expiresAt().toString(),
        order.lines().stream().map(line -> line(line, drop)).toList(),
        drop.form().questions(),
        new Answers(order.answers()),
        issued);
  }

  private static LineView line(Order.Line line, Drop drop) {
    Item item = drop.item(line.item()).orElseThrow();
    Money price = item.price().times(line.quantity());
    return new LineView(item.name(), line.quantity(), line.sequence(), Won.text(price));
  }

  /** Where the order is on its way; an order that has left it is nowhere. */
  public List<Step> steps() {
    int at = at(Order.State.valueOf(state));
    var steps = new ArrayList<Step>();
    for (int i = 0; i < WAY.size(); i++) {
      steps.add(new Step(WAY.get(i), i < at ? "done" : i == at ? "now" : ""));
    }
    return steps;
  }

  private static int at(Order.State state) {
    return switch (state) {
      case PENDING, AWAITING_DEPOSIT, PAYING -> 0;
      case PAID -> 1;
      case CONFIRMED, SHIPPED, DELIVERED -> WAY.size();
      case CANCELLED, EXPIRED, REFUNDED -> -1;
    };
  }

  /** The colour in which a state is shown. */
  public String tone() {
    return tone(Order.State.valueOf(state));
  }

  static String tone(Order.State state) {
    return switch (state) {
      case PENDING, AWAITING_DEPOSIT, PAYING, PAID -> "warn";
      case CONFIRMED, SHIPPED, DELIVERED -> "good";
      case CANCELLED, EXPIRED, REFUNDED -> "bad";
    };
  }
}
