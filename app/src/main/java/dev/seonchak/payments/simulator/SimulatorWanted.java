package dev.seonchak.payments.simulator;

import java.util.Optional;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the simulator starts: asked for with {@code seonchak.simulator=true}, which a production
 * configuration refuses; or {@code =embedded}, which a production configuration switches off.
 */
final class SimulatorWanted implements Condition {
  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return in(context.getEnvironment());
  }

  /**
   * @throws IllegalStateException when it was asked for where it must not be
   */
  static boolean in(Environment settings) {
    return switch (settings.getProperty("seonchak.simulator", "false")) {
      case "embedded" -> production(settings).isEmpty();
      case "true" -> {
        var why = production(settings);
        if (why.isPresent()) {
          throw new IllegalStateException("the payment simulator was asked for, but " + why.get());
        }
        yield true;
      }
      default -> false;
    };
  }

  /** What makes this a production configuration, where anybody could pay with the simulator. */
  private static Optional<String> production(Environment settings) {
    if (settings.getProperty("seonchak.public-url", "").startsWith("https://")) {
      return Optional.of("the public address is an https one");
    }
    if (settings.containsProperty("seonchak.gateways.kakaopay.secret-key")) {
      return Optional.of("a real gateway has a key");
    }
    return Optional.empty();
  }
}
