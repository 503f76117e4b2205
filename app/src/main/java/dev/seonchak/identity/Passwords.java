package dev.seonchak.identity;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with bcrypt. A hash keeps a processor busy for tens of milliseconds, so at most
 * as many are made at once as there are processors, on threads of their own: on the threads that
 * carry requests they would hold up everybody who only wants to buy. Thread-safe.
 */
@Component
public final class Passwords implements DisposableBean {
  /** The OWASP minimum; no setting lowers it. */
  private static final int COST = 10;

  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(COST);
  private final Limits.Hashing limits;
  private final ThreadPoolExecutor threads;

  /** What an unknown account is compared with, so that it takes as long as a known one. */
  private final String nobody;

  Passwords(Limits limits) {
    this.limits = limits.hashing();
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads =
        new ThreadPoolExecutor(
            processors,
            processors,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(this.limits.queueMax()),
            Thread.ofPlatform().name("password-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
    // Any valid hash will do; nobody knows a password for this one.
    this.nobody = "$2a$" + COST + "$" + ".".repeat(53);
  }

  /** Why a password cannot be taken, empty when it can. */
  public static Optional<String> refused(String password) {
    int bytes = password.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < Limits.PASSWORD_BYTES_MIN) {
      return Optional.of(
          "A password has at least %d characters.".formatted(Limits.PASSWORD_BYTES_MIN));
    }
    if (bytes > Limits.PASSWORD_BYTES_MAX) {
      return Optional.of(
          "A password has at most %d bytes in UTF-8.".formatted(Limits.PASSWORD_BYTES_MAX));
    }
    return Optional.empty();
  }

  /** The hash, or empty when too many are waiting. */
  Optional<String> hash(String password) {
    return run(() -> bcrypt.encode(password));
  }

  /** Whether it is the password of the hash, or empty when too many are waiting. */
  Optional<Boolean> matches(String password, String hash) {
    if (refused(password).isPresent()) {
      // It can be nobody's, but must cost what others cost.
      return run(() -> bcrypt.matches("no password", hash)).map(matches -> false);
    }
    return run(() -> bcrypt.matches(password, hash));
  }

  /** Takes as long as {@link #matches}, and is never true. */
  Optional<Boolean> matchesNobody(String password) {
    return matches(password, nobody).map(matches -> false);
  }

  private <T> Optional<T> run(Callable<T> work) {
    Future<T> future;
    try {
      future = threads.submit(work);
    } catch (RejectedExecutionException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(future.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      future.cancel(false);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A password could not be hashed", e);
    }
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }
}
