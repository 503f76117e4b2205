package dev.seonchak.runtime;

import java.util.Arrays;
import java.util.Map;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Decides {@link ConditionalOnRole}. */
final class OnRole implements Condition {
  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    Map<String, Object> attributes =
        metadata.getAnnotationAttributes(ConditionalOnRole.class.getName());
    if (attributes == null || !(attributes.get("value") instanceof Role[] wanted)) {
      return true;
    }
    Roles roles = Roles.parse(context.getEnvironment().getProperty(Roles.SETTING, "all"));
    return Arrays.stream(wanted).anyMatch(roles::has);
  }
}
