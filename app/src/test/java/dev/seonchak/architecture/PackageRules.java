package dev.seonchak.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Rules about where things stand and what they are called. */
final class PackageRules {
  private static final int SHARED_TYPES_MAX = 15;

  private static final Set<String> MODULES =
      Set.of(
          "identity",
          "drops",
          "allocation",
          "orders",
          "payments",
          "coupons",
          "lines",
          "lobby",
          "events",
          "notifications",
          "chat",
          "exports",
          "audit",
          "pages",
          "edge",
          "runtime",
          "shared");

  private static final Set<String> WIRES =
      Set.of(
          "http",
          "postgres",
          "redis",
          "kafka",
          "kakaopay",
          "toss",
          "simulator",
          "sse",
          "mail",
          "slack",
          "xlsx");

  /** Written by the template compiler. */
  private static final List<String> GENERATED = List.of("pages", "jte");

  private static final Pattern EMPTY_WORD =
      Pattern.compile(
          "util|utils|common|commons|misc|tools|helper|helpers|manager|managers|impl"
              + "|.*(Util|Utils|Helper|Helpers|Manager|Impl|Common)"
              + "|(Abstract|Base|Common|Default)[A-Z].*");

  /** Whom a module may know besides its declared arrows. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          "engine", Set.of("allocation", "drops", "orders", "coupons", "lines"),
          "embedded", Set.of("runtime"));

  private PackageRules() {}

  static Stream<String> modules(Scene scene) {
    return scene
        .all(type -> !scene.place(type).isEmpty() && !MODULES.contains(scene.module(type)))
        .map(JavaClass::getName);
  }

  static Stream<String> wires(Scene scene) {
    return scene
        .all(type -> scene.place(type).size() > 1 && !isWire(scene.place(type)))
        .map(JavaClass::getName);
  }

  private static boolean isWire(List<String> place) {
    return (place.size() == 2 && WIRES.contains(place.get(1))) || isGenerated(place);
  }

  static Stream<String> names(Scene scene) {
    return scene
        .all(type ->
            EMPTY_WORD.matcher(type.getSimpleName()).matches()
                || scene.place(type).stream().anyMatch(EMPTY_WORD.asMatchPredicate()))
        .map(JavaClass::getName);
  }

  static Stream<String> shared(Scene scene) {
    var types =
        scene
            .all(type -> scene.module(type).equals("shared"))
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .toList();
    var strangers =
        types.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> isStranger(scene, dependency.getTargetClass()))
            .map(Object::toString);
    return types.size() > SHARED_TYPES_MAX
        ? Stream.concat(strangers, Stream.of(types.size() + " types are in shared"))
        : strangers;
  }

  private static boolean isStranger(Scene scene, JavaClass known) {
    var name = known.getBaseComponentType().getPackageName();
    return !name.isEmpty()
        && !name.startsWith("java.")
        && !name.startsWith("org.jspecify.")
        && !name.equals(scene.root() + ".shared");
  }

  static Stream<String> packages(Scene scene) {
    var unmarked =
        scene
            .all(type -> !isGenerated(scene.place(type)))
            .map(JavaClass::getPackage)
            .distinct()
            .filter(inside ->
                inside
                    .tryGetPackageInfo()
                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                    .isEmpty())
            .map(JavaPackage::getName);
    var silent =
        scene.sources().stream()
            .filter(source -> source.types().isEmpty() && !source.isDocumented())
            .map(source -> source.file().toString());
    return Stream.concat(unmarked, silent);
  }

  private static boolean isGenerated(List<String> place) {
    return place.size() > 1 && place.subList(0, 2).equals(GENERATED);
  }

  static Stream<String> libraries(Scene scene) {
    return scene.classes().stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency ->
            !mayKnow(scene.module(dependency.getOriginClass()), dependency.getTargetClass()))
        .map(Object::toString);
  }

  private static boolean mayKnow(String module, JavaClass known) {
    var name = known.getBaseComponentType().getPackageName();
    return LIBRARIES.entrySet().stream()
        .filter(library -> name.equals("dev.seonchak." + library.getKey()))
        .allMatch(library -> library.getValue().contains(module));
  }
}
