package dev.seonchak.embedded;

/**
 * A server cannot start; the message is one sentence for the person at the keyboard, who can do
 * something about it.
 */
public final class CannotStart extends RuntimeException {

  public CannotStart(String sentence) {
    super(sentence);
  }

  public CannotStart(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
