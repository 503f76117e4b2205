package dev.seonchak.payments.simulator;

import dev.seonchak.orders.Paying;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Ends the process at steps of paying or refunding, as a crash would. It stands between the module
 * and its ports and looks for a plan, a file of lines with the name of a step and words, such as
 * ids, that all stand in what the method took or gave, with semicolons between them. Whoever
 * reaches the step of a line stops there for good, and when that has happened for all lines, the
 * process ends, and the plan with it.
 */
public final class Halts implements BeanPostProcessor {
  /** Tells the end that was planned from any other. */
  public static final int EXIT_CODE = 86;

  private final Path plan;

  Halts(Path plan) {
    this.plan = plan;
  }

  /** All ports but the one that its own module takes by class, for which there is configuration. */
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    Set<Class<?>> ports = new HashSet<>();
    for (var step : Step.values()) {
      if (step.port().isInstance(bean) && step.port() != Paying.class) {
        ports.add(step.port());
      }
    }
    return ports.isEmpty() ? bean : before(bean, ports);
  }

  /** Stands before a bean that has these ports. */
  Object before(Object bean, Set<Class<?>> ports) {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        ports.toArray(Class<?>[]::new),
        (_, method, words) -> call(bean, method, words));
  }

  private @Nullable Object call(Object bean, Method method, @Nullable Object @Nullable [] words)
      throws Throwable {
    Object result;
    try {
      result = method.invoke(bean, words);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    for (var step : Step.values()) {
      if (step.port() == method.getDeclaringClass() && step.method().equals(method.getName())) {
        over(step, Arrays.toString(words) + result);
      }
    }
    return result;
  }

  private void over(Step step, String what) {
    if (step.over() == Step.When.RETURNED
        || !TransactionSynchronizationManager.isSynchronizationActive()) {
      halt(step, what);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            halt(step, what);
          }
        });
  }

  private void halt(Step step, String what) {
    if (Files.exists(plan) && stops(step, what)) {
      new Semaphore(0).acquireUninterruptibly();
    }
  }

  /** Whether the caller shall go no further; does not return once nobody shall. */
  private synchronized boolean stops(Step step, String what) {
    try {
      var lines = new ArrayList<>(Files.readAllLines(plan));
      var line = lines.stream().filter(planned -> isAbout(planned, step, what)).findFirst();
      if (line.isEmpty()) {
        return false;
      }
      lines.remove(line.get());
      if (lines.isEmpty()) {
        Files.delete(plan);
        Runtime.getRuntime().halt(EXIT_CODE);
      }
      Files.write(plan, lines);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAbout(String planned, Step step, String what) {
    var words = List.of(planned.split(";"));
    return words.getFirst().equals(step.name()) && words.stream().skip(1).allMatch(what::contains);
  }
}
