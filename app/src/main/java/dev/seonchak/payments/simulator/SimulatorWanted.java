package dev.seonchak.payments.simulator;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
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
    return hasKey(settings) ? Optional.of("a real gateway has a key") : Optional.empty();
  }

  /** Whether there is a secret key of any gateway, however the setting is written. */
  private static boolean hasKey(Environment settings) {
    return settings instanceof ConfigurableEnvironment all
        && all.getPropertySources().stream()
            .filter(EnumerablePropertySource.class::isInstance)
            .map(EnumerablePropertySource.class::cast)
            .flatMap(source -> Stream.of(source.getPropertyNames()))
            .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[._-]", ""))
            .anyMatch(name -> name.startsWith("seonchakgateways") && name.endsWith("secretkey"));
  }
}
