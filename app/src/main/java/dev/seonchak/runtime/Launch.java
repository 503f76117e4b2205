package dev.seonchak.runtime;

import dev.seonchak.embedded.CannotStart;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the servers that were not given and the platform on them, and stops all of it in order.
 * Either everything runs, or nothing does and one sentence says why.
 */
public final class Launch {
  private static final Duration STOP_MAX = Duration.ofSeconds(12);

  private final Class<?> application;
  private final Options options;
  private final Report report;
  private final Servers servers;
  private final AtomicReference<ConfigurableApplicationContext> context = new AtomicReference<>();
  private volatile boolean started;
  private volatile boolean stopping;

  private Launch(Class<?> application, Options options, Report report) {
    this.application = application;
    this.options = options;
    this.report = report;
    this.servers = new Servers(options, report);
  }

  /** Runs the platform until it is told to stop; ends the JVM with 1 when it cannot start. */
  public static void main(Class<?> application, String[] arguments) {
    Report report = new Report(System.out, System.err);
    try {
      Options options = Options.parse(List.of(arguments), System.getenv());
      logTo(options.data());
      // Taken as a number before anything starts: return addresses are built from it.
      Launch launch = new Launch(application, options.withPort(free(options.port())), report);
      Runtime.getRuntime().addShutdownHook(new Thread(launch::stop, "stop"));
      launch.start();
      if (options.train()) {
        System.exit(0);
      }
    } catch (CannotStart e) {
      report.lost(String.valueOf(e.getMessage()));
      System.exit(1);
    }
  }

  private void start() {
    try {
      servers.begin();
      ConfigurableApplicationContext running = spring().run(settings());
      context.set(running);
      servers.await();
      started = true;
      if (stopping) {
        return;
      }
      report.line(
          String.format(
              Locale.ROOT,
              "ready %s in %.1f s",
              address(running),
              sinceStart().toMillis() / 1000.0));
    } catch (RuntimeException e) {
      if (!stopping) {
        LoggerFactory.getLogger(Launch.class).error("The platform could not start", e);
        throw sentence(e);
      }
    }
  }

  private SpringApplication spring() {
    SpringApplication spring = new SpringApplication(application);
    spring.setRegisterShutdownHook(false);
    spring.addInitializers(starting -> {
      context.set(starting);
      starting.getEnvironment().getPropertySources().addFirst(new Addresses(servers.addresses()));
      starting.getBeanFactory().addBeanPostProcessor(new Interrupted());
    });
    return spring;
  }

  private String[] settings() {
    List<String> settings = new ArrayList<>(options.settings());
    settings.add("--server.port=" + options.port());
    settings.add("--seonchak.data=" + options.data());
    settings.add("--seonchak.roles=" + options.roleNames());
    if (options.publicUrl() != null) {
      settings.add("--seonchak.public-url=" + options.publicUrl());
    }
    if (options.simulator()) {
      settings.add("--seonchak.simulator=true");
    } else if (options.postgres() == null) {
      settings.add("--seonchak.simulator=embedded");
    }
    return settings.toArray(String[]::new);
  }

  private String address(ConfigurableApplicationContext running) {
    if (options.publicUrl() != null) {
      return options.publicUrl();
    }
    int port =
        running instanceof WebServerApplicationContext web && web.getWebServer() != null
            ? web.getWebServer().getPort()
            : options.port();
    return "http://localhost:" + port;
  }

  private static Duration sinceStart() {
    Instant now = Instant.now();
    return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
  }

  /** The platform first, since it writes to the servers until its end. */
  private void stop() {
    stopping = true;
    ConfigurableApplicationContext running = context.get();
    if (running != null) {
      Thread closing = Thread.ofPlatform().name("stop-platform").start(running::close);
      try {
        closing.join(STOP_MAX);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    servers.close();
  }

  private CannotStart sentence(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotStart sentence) {
        return sentence;
      }
      if (cause instanceof PortInUseException busy) {
        return busy(busy.getPort());
      }
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return new CannotStart(
        "The platform could not start (%s); details are in %s."
            .formatted(
                String.valueOf(deepest.getMessage()).lines().findFirst().orElse(""),
                log(options.data())));
  }

  private static int free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw busy(port);
    }
  }

  private static CannotStart busy(int port) {
    return new CannotStart(
        "Port %d is in use by another program; choose another with --port.".formatted(port));
  }

  /** Must run before the first logger is made. */
  private static void logTo(Path data) {
    try {
      if (!Files.isDirectory(data)) {
        Files.createDirectories(data);
        // Others may pass through, never list: a server may have to run as somebody else.
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
      }
      Files.delete(Files.createTempFile(data, "writable", null));
    } catch (IOException e) {
      throw new CannotStart("The data folder %s cannot be written.".formatted(data), e);
    }
    System.setProperty("seonchak.log", log(data).toString());
    LoggerFactory.getLogger(Launch.class);
  }

  private static Path log(Path data) {
    return data.resolve("seonchak.log");
  }

  /** Cuts a start short that nobody waits for any more; a close would first see it through. */
  private final class Interrupted implements BeanPostProcessor {
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
      if (stopping && !started) {
        throw new CannotStart("The start was interrupted.");
      }
      return bean;
    }
  }

  /** Settings whose values are known only once a server runs. */
  private static final class Addresses extends MapPropertySource {
    Addresses(Map<String, Supplier<String>> addresses) {
      super("servers", Map.copyOf(addresses));
    }

    @Override
    public @Nullable Object getProperty(String name) {
      return super.getProperty(name) instanceof Supplier<?> supplier ? supplier.get() : null;
    }
  }
}
