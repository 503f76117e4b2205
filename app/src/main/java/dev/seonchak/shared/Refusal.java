package dev.seonchak.shared;

/**
 * Ends a request with a {@link Problem}; thrown only while reading a request or writing its answer.
 */
public final class Refusal extends RuntimeException {
  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.type(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
