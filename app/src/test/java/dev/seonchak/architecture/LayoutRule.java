package dev.seonchak.architecture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The rules of the layout that a machine can check. Each answers with what breaks it, and has a
 * fixture of its name below {@code fixtures} that breaks it.
 */
enum LayoutRule {
  /** Below the root stand the capabilities of the platform, and nothing else. */
  MODULES,
  /** Below a module stands what is at the other end of a wire. */
  WIRES,
  /** A name says what a thing is. */
  NAMES,
  /** {@code shared} is small and knows nobody. */
  SHARED,
  /** A package says in a sentence what it is, and that nothing in it is null unless it says so. */
  PACKAGES,
  /** The engine is known where something is taken from pools, the embedded servers at start-up. */
  LIBRARIES,
  /** Time, ids and randomness are handed in; only {@code runtime} makes them. */
  HANDED_IN,
  /** A request is refused where it is read or answered; business answers with values. */
  REFUSALS,
  /** Whoever opens a transaction does not talk to a payment company before it is closed. */
  GATEWAYS,
  /** A public type says in a sentence what it is. */
  SENTENCES,
  /** All row locks of a module stand in one file. */
  LOCKS,
  /** Nothing is longer than the longest today. */
  SIZES,
  /** The name of a test says what it needs. */
  TESTS;

  List<String> violations(Scene scene) {
    return all(scene).distinct().sorted().toList();
  }

  private Stream<String> all(Scene scene) {
    return switch (this) {
      case MODULES -> PackageRules.modules(scene);
      case WIRES -> PackageRules.wires(scene);
      case NAMES -> PackageRules.names(scene);
      case SHARED -> PackageRules.shared(scene);
      case PACKAGES -> PackageRules.packages(scene);
      case LIBRARIES -> PackageRules.libraries(scene);
      case HANDED_IN -> CodeRules.handedIn(scene);
      case REFUSALS -> CodeRules.refusals(scene);
      case GATEWAYS -> CodeRules.gateways(scene);
      case SENTENCES -> SourceRules.sentences(scene);
      case LOCKS -> SourceRules.locks(scene);
      case SIZES -> SourceRules.sizes(scene);
      case TESTS -> CodeRules.tests(scene);
    };
  }

  /** The package of its fixture. */
  String fixture() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
