package dev.seonchak.pages.http;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Question;
import dev.seonchak.identity.Account;
import dev.seonchak.identity.Accounts;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.pages.http.SaleView.RefusedView;
import dev.seonchak.pages.http.SaleView.SoldView;
import dev.seonchak.pages.http.SaleView.TransferView;
import dev.seonchak.payments.BankTransfers;
import dev.seonchak.payments.Deposit;
import dev.seonchak.payments.Deposits;
import dev.seonchak.payments.Refusals;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.PaymentId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts together what a seller sees of the orders of a drop. */
@Component
final class Sales {
  private final Orders orders;
  private final Accounts accounts;
  private final BankTransfers bankTransfers;
  private final Deposits deposits;
  private final Refusals refusals;

  Sales(
      Orders orders,
      Accounts accounts,
      BankTransfers bankTransfers,
      Deposits deposits,
      Refusals refusals) {
    this.orders = orders;
    this.accounts = accounts;
    this.bankTransfers = bankTransfers;
    this.deposits = deposits;
    this.refusals = refusals;
  }

  SaleView of(Drop drop, AccountId seller) {
    List<Order> newest =
        orders.ofDrop(drop.id(), seller, null, null).map(page -> page.items()).orElse(List.of());
    Map<AccountId, Account> buyers =
        accounts.find(newest.stream().map(Order::buyer).collect(Collectors.toSet()));
    return new SaleView(
        refusals.of(drop.id()).stream().map(Sales::refused).toList(),
        transfers(drop, seller),
        newest.stream().map(order -> sold(order, drop, buyers)).toList());
  }

  private static RefusedView refused(Refusals.Refusal refusal) {
    return new RefusedView(refusal.order().toString(), Won.text(refusal.amount()));
  }

  private List<TransferView> transfers(Drop drop, AccountId seller) {
    List<Deposit> open =
        Stream.of(Deposit.Stage.OWED, Deposit.Stage.AWAITED)
            .flatMap(stage -> bankTransfers.ofDrop(drop.id(), seller, stage, null).stream())
            .flatMap(page -> page.items().stream())
            .toList();
    Map<PaymentId, Deposits.Owed> owed =
        deposits.owed(
            open.stream().map(deposit -> deposit.payment().id()).collect(Collectors.toSet()));
    return open.stream()
        .map(deposit -> {
          Deposits.Owed back = owed.get(deposit.payment().id());
          return new TransferView(
              deposit.payment().order().toString(),
              deposit.name(),
              Won.text(back == null ? deposit.payment().amount() : back.amount()),
              back != null);
        })
        .toList();
  }

  private static SoldView sold(Order order, Drop drop, Map<AccountId, Account> buyers) {
    Account buyer = buyers.get(order.buyer());
    return new SoldView(
        order.id().toString(),
        order.createdAt().toString(),
        buyer == null ? "closed account" : buyer.name(),
        order.lines().stream().map(line -> what(line, drop)).collect(Collectors.joining(", ")),
        answers(order, drop),
        order.state().name(),
        OrderView.tone(order.state()),
        Won.text(order.amount()));
  }

  private static String what(Order.Line line, Drop drop) {
    String name = drop.item(line.item()).map(Item::name).orElse("?");
    return "%s × %d (number %d)".formatted(name, line.quantity(), line.sequence());
  }

  static String answers(Order order, Drop drop) {
    return drop.form().questions().stream()
        .filter(question -> order.answers().containsKey(question.id()))
        .map(question -> answer(question, order.answers()))
        .collect(Collectors.joining("; "));
  }

  private static String answer(Question question, Map<String, Object> answers) {
    Object given = answers.get(question.id());
    String text =
        given instanceof List<?> several
            ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
            : Boolean.TRUE.equals(given) ? "yes" : String.valueOf(given);
    return question.label() + ": " + text;
  }
}
