package dev.seonchak.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.seonchak.shared.Problem;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Rules about what code does. */
final class CodeRules {
  /** Where refusals may be thrown, besides every {@code http}. */
  private static final Set<String> ENTRANCES = Set.of("edge", "pages");

  private static final Set<String> TEST_ANNOTATIONS =
      Set.of(
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.params.ParameterizedTest",
          "org.junit.jupiter.api.RepeatedTest");

  /** The methods of a gateway that go over the network. */
  private static final Set<String> REMOTE = Set.of("ready", "approve", "query", "cancel");

  private CodeRules() {}

  static Stream<String> handedIn(Scene scene) {
    return making(scene.classes(), type -> !scene.module(type).equals("runtime"));
  }

  /** Where classes that should not make time, ids or randomness out of nothing. */
  static Stream<String> making(JavaClasses classes, Predicate<JavaClass> shouldNot) {
    return classes.stream()
        .filter(shouldNot)
        .flatMap(type -> accesses(type))
        .filter(access -> makes(access))
        .map(Object::toString);
  }

  private static boolean makes(JavaCodeUnitAccess<?> access) {
    var owner = access.getTarget().getOwner().getName();
    var name = access.getTarget().getName();
    var isBare = access.getTarget().getRawParameterTypes().isEmpty();
    return switch (owner) {
      case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.lang.Math" -> name.equals("random");
      case "java.lang.System" -> name.equals("currentTimeMillis");
      case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
      case "java.util.Random", "java.security.SecureRandom" -> name.equals("<init>");
      default -> owner.startsWith("java.time.") && name.equals("now") && isBare;
    };
  }

  static Stream<String> refusals(Scene scene) {
    return scene
        .all(type -> !type.getPackageName().equals(Problem.class.getPackageName()))
        .filter(type -> !scene.isBelow(type, "http") && !ENTRANCES.contains(scene.module(type)))
        .flatMap(type -> accesses(type))
        .filter(access -> access.getTarget().getOwner().isEquivalentTo(Problem.class))
        .filter(access -> access.getTarget().getName().equals("refusal"))
        .map(Object::toString);
  }

  /** The body of a lambda counts as its method's. */
  static Stream<String> gateways(Scene scene) {
    return scene.classes().stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> opensTransaction(method) && callsGateway(method))
        .map(JavaMethod::getFullName);
  }

  private static boolean opensTransaction(JavaMethod method) {
    return method.isAnnotatedWith(Transactional.class)
        || method.getCallsFromSelf().stream()
            .anyMatch(call -> call.getTargetOwner().isAssignableTo(TransactionOperations.class));
  }

  private static boolean callsGateway(JavaMethod method) {
    return method.getMethodCallsFromSelf().stream()
        .filter(call -> REMOTE.contains(call.getName()))
        .map(call -> call.getTargetOwner())
        .flatMap(owner -> Stream.concat(Stream.of(owner), owner.getAllRawInterfaces().stream()))
        .anyMatch(type -> type.getSimpleName().equals("Gateway"));
  }

  /** {@code Test} needs nothing but the JVM, {@code IT} the real servers. */
  static Stream<String> tests(Scene scene) {
    return scene
        .all(CodeRules::isTest)
        .filter(type -> !isNamedByNeed(type.getSimpleName(), needsServers(type)))
        .map(type -> type.getName() + (needsServers(type) ? " needs servers" : " is a test"));
  }

  private static boolean isTest(JavaClass type) {
    return type.getMethods().stream()
        .flatMap(method -> method.getAnnotations().stream())
        .anyMatch(annotation -> TEST_ANNOTATIONS.contains(annotation.getRawType().getName()));
  }

  private static boolean isNamedByNeed(String name, boolean needsServers) {
    var suffixes =
        needsServers ? List.of("IT", "Stress") : List.of("Test", "IT", "Stress", "Benchmark");
    return suffixes.stream().anyMatch(name::endsWith);
  }

  private static boolean needsServers(JavaClass type) {
    return Stream.concat(
            type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getSimpleName()),
            type.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().getSimpleName()))
        .anyMatch(Set.of("TestServers", "FreshDatabase", "OnPlatform", "Platform")::contains);
  }

  private static Stream<JavaCodeUnitAccess<?>> accesses(JavaClass type) {
    return Stream.concat(
        type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream());
  }
}
