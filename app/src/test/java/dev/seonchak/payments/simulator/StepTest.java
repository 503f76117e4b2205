package dev.seonchak.payments.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No step of paying goes without a crash. */
class StepTest {
  /** Methods that neither change a row nor talk to a company. */
  private static final Set<String> HARMLESS =
      Set.of(
          "Payments.find",
          "Payments.byToken",
          "Payments.of",
          "Refunds.openRefund",
          "Refusals.of",
          "Refusals.isSentByHand",
          "Unsettled.unanswered",
          "Gateway.name",
          "Gateway.title",
          "Gateway.turnedBack",
          "Gateway.hinted",
          "Gateway.session",
          "Gateway.answersWithin",
          "Gateway.reference",
          "Gateway.proof",
          "Paying.payable",
          "Paying.lock",
          "Deposits.find",
          "Deposits.of",
          "Deposits.owed",
          "Deposits.isSentBack",
          "Takings.standing");

  @Test
  void namesEveryMethodThatDoesSomething() {
    var steps =
        Arrays.stream(Step.values())
            .map(step -> step.port().getSimpleName() + "." + step.method())
            .toList();
    var methods =
        Arrays.stream(Step.values())
            .map(Step::port)
            .distinct()
            .flatMap(port -> Arrays.stream(port.getDeclaredMethods()))
            .filter(method -> !method.isSynthetic())
            .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
            .filter(method -> !HARMLESS.contains(method))
            .toList();
    assertThat(steps).containsExactlyInAnyOrderElementsOf(methods);
  }
}
