package dev.seonchak.pages.http;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Question;
import dev.seonchak.orders.Issued;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Refund;
import dev.seonchak.shared.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    boolean takesBankTransfer,
    boolean goods,
    List<IssuedView> issued,
    LifeView life) {

  private static final List<String> WAY = List.of("Held", "Paid", "Confirmed");
  private static final List<String> WAY_OF_GOODS =
      List.of("Held", "Paid", "Confirmed", "Shipped", "Delivered");

  /**
   * A line of the order with the item's name and the line's price.
   *
   * @param left units that were not taken back
   */
  public record LineView(
      String item, String name, int quantity, int left, long sequence, String price) {}

  /**
   * Something that was issued: a ticket with the code that the door checks, or a packing slip.
   *
   * @param valid false for a ticket whose unit was taken back
   */
  public record IssuedView(String name, String code, boolean valid) {}

  /**
   * A station on the way of an order.
   *
   * @param mark the style: done, now, or empty for what is still to come
   */
  public record Step(String name, String mark) {}

  /** As a list shows it. */
  static OrderView of(Order order, Drop drop) {
    return of(
        new Issued(order, List.of(), Optional.empty(), Optional.empty(), List.of()),
        drop,
        List.of(),
        LifeView.NONE);
  }

  static OrderView of(Issued all, Drop drop, List<IssuedView> issued, LifeView life) {
    Order order = all.order();
    return new OrderView(
        order.id().toString(),
        order.drop().toString(),
        drop.title(),
        order.state().name(),
        Won.text(order.amount()),
        order.createdAt().toString(),
        order.expiresAt().toString(),
        order.lines().stream().map(line -> line(line, drop, all)).toList(),
        drop.form().questions(),
        new Answers(order.answers()),
        drop.terms().bankTransfer() != null,
        drop.kind() == Drop.Kind.GOODS,
        issued,
        life);
  }

  private static LineView line(Order.Line line, Drop drop, Issued all) {
    Item item = drop.item(line.item()).orElseThrow();
    Money price = item.price().times(line.quantity());
    int takenBack =
        all.refunds().stream()
            .flatMap(refund -> refund.units().stream())
            .filter(units -> units.item().equals(line.item()))
            .mapToInt(Refund.Units::quantity)
            .sum();
    return new LineView(
        item.id().toString(),
        item.name(),
        line.quantity(),
        line.quantity() - takenBack,
        line.sequence(),
        Won.text(price));
  }

  /** Where the order is on its way; an order that has left it is nowhere. */
  public List<Step> steps() {
    int at = at(Order.State.valueOf(state));
    var steps = new ArrayList<Step>();
    List<String> way = goods ? WAY_OF_GOODS : WAY;
    for (int i = 0; i < way.size(); i++) {
      steps.add(new Step(way.get(i), i < at ? "done" : i == at ? "now" : ""));
    }
    return steps;
  }

  private static int at(Order.State state) {
    return switch (state) {
      case PENDING, AWAITING_DEPOSIT, PAYING -> 0;
      case PAID -> 1;
      case CONFIRMED -> 3;
      case SHIPPED -> 4;
      case DELIVERED -> 5;
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
