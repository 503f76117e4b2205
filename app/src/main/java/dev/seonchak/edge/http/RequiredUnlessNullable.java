package dev.seonchak.edge.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * A component of a record of ours must be there and must not be null, nor may anything inside it
 * be, unless it is marked as nullable: the same mark that the compiler checks.
 */
final class RequiredUnlessNullable extends NopAnnotationIntrospector {
  private static final JsonSetter.Value REQUIRED =
      JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);

  @Override
  public JsonSetter.@Nullable Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    if (!(annotated instanceof AnnotatedMember member)) {
      return null;
    }
    Class<?> owner = member.getDeclaringClass();
    if (!owner.isRecord() || !owner.getName().startsWith("dev.seonchak.")) {
      return null;
    }
    AnnotatedType type = type(owner, member);
    return type == null || type.isAnnotationPresent(Nullable.class) ? null : REQUIRED;
  }

  private static @Nullable AnnotatedType type(Class<?> owner, AnnotatedMember member) {
    RecordComponent[] components = owner.getRecordComponents();
    return switch (member) {
      case AnnotatedParameter parameter ->
          components.length == parameter.getOwner().getParameterCount()
              ? components[parameter.getIndex()].getAnnotatedType()
              : null;
      case AnnotatedField field -> named(components, field.getName());
      case AnnotatedMethod method -> named(components, method.getName());
      default -> null;
    };
  }

  private static @Nullable AnnotatedType named(RecordComponent[] components, String name) {
    for (RecordComponent component : components) {
      if (component.getName().equals(name)) {
        return component.getAnnotatedType();
      }
    }
    return null;
  }
}
