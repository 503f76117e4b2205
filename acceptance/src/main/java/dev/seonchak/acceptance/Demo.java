package dev.seonchak.acceptance;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Lets a crowd rush a drop on a running platform, pays for what was held, and checks every figure.
 * Ends with code 0 when all invariants hold, 1 when one is broken, 2 for a wrong call.
 */
public final class Demo {
  private Demo() {}

  /**
   * What the demo plays.
   *
   * @param url the platform's address
   * @param buyers how many accounts try to hold one piece each, all at once
   * @param stock how many pieces there are
   */
  record Options(URI url, int buyers, int stock) {
    private static final int BUYERS_MAX = 20_000;

    Options {
      if (buyers < 1 || buyers > BUYERS_MAX || stock < 1 || stock > 1_000_000) {
        throw new IllegalArgumentException(
            "--buyers must be 1 to 20,000 and --stock 1 to 1,000,000");
      }
    }

    /**
     * @throws IllegalArgumentException with one sentence for whoever typed it
     */
    static Options parse(String... arguments) {
      var values =
          new java.util.HashMap<>(
              Map.of("--url", "http://localhost:8080", "--buyers", "1000", "--stock", "100"));
      for (int i = 0; i < arguments.length; i++) {
        String[] pair = arguments[i].split("=", 2);
        if (!values.containsKey(pair[0])) {
          throw new IllegalArgumentException("there is no option " + pair[0]);
        }
        if (pair.length == 1 && i + 1 == arguments.length) {
          throw new IllegalArgumentException(pair[0] + " needs a value");
        }
        values.put(pair[0], pair.length == 2 ? pair[1] : arguments[++i]);
      }
      try {
        return new Options(
            URI.create(values.get("--url")),
            Integer.parseInt(values.get("--buyers")),
            Integer.parseInt(values.get("--stock")));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("--buyers and --stock are whole numbers", e);
      }
    }
  }

  public static void main(String... arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("seonchak demo: " + e.getMessage() + ".");
      System.exit(2);
      return;
    }
    try (var api = new Api(options.url())) {
      boolean clean = new Rush(api, options, out).play().print(out);
      System.exit(clean ? 0 : 1);
    } catch (Exception e) {
      System.err.println("seonchak demo: " + sentence(e, options));
      System.exit(1);
    }
  }

  private static String sentence(Exception e, Options options) {
    return e instanceof java.net.ConnectException
        ? "nothing answers at " + options.url() + "; start the platform with ./seonchak up."
        : String.valueOf(e.getMessage());
  }
}
