package dev.seonchak.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every bound of this module; those of the records inside can be set below {@code
 * seonchak.identity}.
 */
@ConfigurationProperties("seonchak.identity")
public record Limits(
    @DefaultValue Session session, @DefaultValue SignIn signIn, @DefaultValue Hashing hashing) {
  public static final int EMAIL_CHARACTERS_MAX = 254;
  public static final int NAME_CHARACTERS_MAX = 60;
  public static final int PASSWORD_BYTES_MIN = 8;

  /** bcrypt looks at no more. */
  public static final int PASSWORD_BYTES_MAX = 72;

  /**
   * How long what is handed out is good for.
   *
   * @param access of an access token
   * @param refresh of a refresh token, and so of a session that nobody uses
   * @param grace how long a replaced refresh token may still come from another tab
   * @param key after how long a new key signs
   */
  public record Session(
      @DefaultValue("10m") Duration access,
      @DefaultValue("30d") Duration refresh,
      @DefaultValue("10s") Duration grace,
      @DefaultValue("90d") Duration key) {}

  /**
   * How often one may be wrong.
   *
   * @param accountAttemptsMax at one account from one address within the window
   * @param addressAttemptsMax from one address, at whatever accounts, within the window
   * @param countersMax how many counters this node keeps by itself while Redis is away
   */
  public record SignIn(
      @DefaultValue("10") int accountAttemptsMax,
      @DefaultValue("300") int addressAttemptsMax,
      @DefaultValue("10m") Duration window,
      @DefaultValue("10000") int countersMax) {}

  /**
   * How much of the processors passwords may take.
   *
   * @param queueMax how many may wait
   * @param patience how long one waits
   */
  public record Hashing(
      @DefaultValue("256") int queueMax, @DefaultValue("10s") Duration patience) {}
}
