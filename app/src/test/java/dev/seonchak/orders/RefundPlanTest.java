package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.orders.GivingBack.Ask;
import dev.seonchak.orders.GivingBack.Outcome;
import dev.seonchak.orders.Refund.Units;
import dev.seonchak.orders.RefundPlan.Reading;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three mugs at 1,000 and a cup at 50 were bought. */
class RefundPlanTest {
  private static final ItemId MUG = new ItemId(new UUID(0, 1));
  private static final ItemId CUP = new ItemId(new UUID(0, 2));
  private static final ItemId PLATE = new ItemId(new UUID(0, 3));
  private static final Map<ItemId, Money> PRICES =
      Map.of(MUG, new Money(1_000), CUP, new Money(50), PLATE, new Money(9));

  private static Reading plan(long left, Map<ItemId, Integer> remaining, Ask ask) {
    return RefundPlan.of(ask, new Money(left), remaining, PRICES);
  }

  private static Reading plan(Ask ask) {
    return plan(3_050, Map.of(MUG, 3, CUP, 1), ask);
  }

  private static Ask ask(@Nullable Long amount, boolean returnStock, Units... units) {
    return new Ask(amount == null ? null : new Money(amount), List.of(units), returnStock, null);
  }

  private static RefundPlan good(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).plan();
  }

  private static String field(Reading reading) {
    return reading instanceof Reading.Bad(Outcome.Invalid(var field, var _))
        ? field
        : reading.toString();
  }

  @Test
  void givesBackAllThatIsLeftWhenNothingIsNamed() {
    var all = good(plan(ask(null, true)));
    assertThat(all.amount()).isEqualTo(new Money(3_050));
    assertThat(all.units()).containsExactlyInAnyOrder(new Units(MUG, 3), new Units(CUP, 1));
    assertThat(all.ends()).isTrue();

    var rest = good(plan(1_000, Map.of(MUG, 1, CUP, 0), ask(null, false)));
    assertThat(rest.amount()).isEqualTo(new Money(1_000));
    assertThat(rest.units()).containsExactly(new Units(MUG, 1));
  }

  @Test
  void leavesTheUnitsWithTheBuyerWhenMoneyAloneGoesBack() {
    assertThat(good(plan(ask(500L, false))))
        .isEqualTo(new RefundPlan(new Money(500), List.of(), false));
    assertThat(good(plan(ask(3_050L, false))))
        .isEqualTo(new RefundPlan(new Money(3_050), List.of(), false));
    assertThat(field(plan(ask(500L, true)))).isEqualTo("returnStock");
    assertThat(field(plan(ask(3_050L, true)))).isEqualTo("returnStock");
    assertThat(field(plan(ask(0L, false)))).isEqualTo("amount");
  }

  @Test
  void takesUnitsBackAtTheirPriceOrAnother() {
    assertThat(good(plan(ask(null, true, new Units(MUG, 2)))))
        .isEqualTo(new RefundPlan(new Money(2_000), List.of(new Units(MUG, 2)), false));
    assertThat(good(plan(ask(1_500L, true, new Units(MUG, 2)))).amount())
        .isEqualTo(new Money(1_500));
    assertThat(good(plan(ask(0L, true, new Units(MUG, 2)))).amount()).isEqualTo(Money.ZERO);
    // A part of the price went back before.
    assertThat(good(plan(700, Map.of(MUG, 1), ask(null, true, new Units(MUG, 1)))))
        .isEqualTo(new RefundPlan(new Money(700), List.of(new Units(MUG, 1)), true));
  }

  @Test
  void endsTheOrderWithItsLastUnit() {
    var last = ask(10L, true, new Units(MUG, 3), new Units(CUP, 1));
    assertThat(good(plan(last)).ends()).isTrue();
  }

  @Test
  void neverGivesMoreThanIsLeft() {
    assertThat(plan(ask(3_051L, false)))
        .isEqualTo(new Reading.Bad(new Outcome.TooMuch(new Money(3_050))));
    assertThat(plan(ask(Long.MAX_VALUE, true, new Units(MUG, 1))))
        .isEqualTo(new Reading.Bad(new Outcome.TooMuch(new Money(3_050))));
    assertThat(field(plan(ask(null, true, new Units(MUG, 4))))).isEqualTo("lines[0].quantity");
    assertThat(field(plan(ask(null, true, new Units(CUP, 1), new Units(MUG, Integer.MAX_VALUE)))))
        .isEqualTo("lines[1].quantity");
  }

  @Test
  void knowsOnlyTheLinesOfTheOrder() {
    assertThat(field(plan(ask(null, true, new Units(PLATE, 1))))).isEqualTo("lines[0].quantity");
    assertThat(field(plan(ask(null, true, new Units(new ItemId(new UUID(0, 4)), 1)))))
        .isEqualTo("lines[0].itemId");
    assertThat(field(plan(ask(null, true, new Units(MUG, 1), new Units(MUG, 1)))))
        .isEqualTo("lines[1].itemId");
  }

  @Test
  void takesBackWhatCostNothing() {
    var free = plan(0, Map.of(MUG, 2), ask(null, true, new Units(MUG, 1)));
    assertThat(good(free)).isEqualTo(new RefundPlan(Money.ZERO, List.of(new Units(MUG, 1)), false));
    assertThat(good(plan(0, Map.of(MUG, 2), ask(null, true))).ends()).isTrue();
  }
}
