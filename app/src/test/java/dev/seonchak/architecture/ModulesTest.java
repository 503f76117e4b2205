package dev.seonchak.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The modules of the platform keep to the arrows that they declare, and the drawing shows them. */
class ModulesTest {
  private static final Path DRAWING = Path.of("../docs/reference/modules.md");

  /** Written over by the build when this is set. */
  private static final String REDRAW = "modules.redraw";

  /** The engine and the embedded servers are libraries in Maven modules of their own. */
  private static final ApplicationModules MODULES =
      ApplicationModules.of(
          "dev.seonchak", resideInAnyPackage("dev.seonchak.engine..", "dev.seonchak.embedded.."));

  @Test
  void keepToTheirArrows() {
    MODULES.verify();
  }

  @Test
  void areDrawnByTheBuild() {
    new Documenter(MODULES).writeModulesAsPlantUml();

    assertThat(Path.of("target/spring-modulith-docs/components.puml")).exists();
  }

  @Test
  void areDrawnAsTheyAreInTheReference() throws IOException {
    var drawing = ModulesDrawing.of(MODULES);
    if (Boolean.getBoolean(REDRAW)) {
      Files.writeString(DRAWING, drawing);
    }

    assertThat(Files.readString(DRAWING))
        .as("draw again with mvn -pl app test -Dtest=ModulesTest -D%s=true", REDRAW)
        .isEqualTo(drawing);
  }

  @Test
  void failWhenAnArrowIsNotDeclared() {
    var fixtures =
        ApplicationModules.of("dev.seonchak.architecture.fixtures.modules", location -> true);

    assertThat(fixtures.detectViolations().getMessages())
        .anyMatch(message -> message.contains("Module 'left' depends on module 'right'"))
        .anyMatch(message -> message.contains("Cycle"));
  }
}
