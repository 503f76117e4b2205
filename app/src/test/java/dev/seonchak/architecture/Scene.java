package dev.seonchak.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the rules of the layout look at: the platform, its tests, or a fixture that breaks a rule.
 *
 * @param root the package below which modules stand
 */
record Scene(String root, JavaClasses classes, List<Source> sources) {
  private static final String FIXTURES = "dev.seonchak.architecture.fixtures";
  private static final Path TEST_CLASSES = Path.of("target/test-classes");
  private static final Path TEST_SOURCES = Path.of("src/test/java");

  static Scene platform() {
    return new Scene(
        "dev.seonchak",
        new ClassFileImporter().importPath(Path.of("target/classes")),
        Source.below(Path.of("src/main/java")));
  }

  static Scene tests() {
    return new Scene(
        "dev.seonchak",
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/architecture/fixtures/"))
            .importPath(TEST_CLASSES),
        List.of());
  }

  /** The fixture of a rule: a small platform that breaks it. */
  static Scene fixture(String rule) {
    var root = FIXTURES + "." + rule;
    var folder = root.replace('.', '/');
    return new Scene(
        root,
        new ClassFileImporter().importPath(TEST_CLASSES.resolve(folder)),
        Source.below(TEST_SOURCES.resolve(folder)));
  }

  static JavaClasses engine() {
    return new ClassFileImporter().importPackages("dev.seonchak.engine");
  }

  /** The module and sub-packages of a class, empty for what stands in the root itself. */
  List<String> place(JavaClass type) {
    var name = type.getPackageName();
    return name.length() <= root.length()
        ? List.of()
        : List.of(name.substring(root.length() + 1).split("\\."));
  }

  String module(JavaClass type) {
    var place = place(type);
    return place.isEmpty() ? "" : place.getFirst();
  }

  boolean isBelow(JavaClass type, String subPackage) {
    var place = place(type);
    return place.size() > 1 && place.get(1).equals(subPackage);
  }

  Stream<JavaClass> all(Predicate<JavaClass> wanted) {
    return classes.stream().filter(wanted);
  }
}
