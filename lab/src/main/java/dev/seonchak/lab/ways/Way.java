package dev.seonchak.lab.ways;

/** One way of taking stock when everybody comes at once. */
public interface Way extends AutoCloseable {

  /**
   * Does the whole work of a hold and returns when the answer is certain. Called by as many virtual
   * threads at once as there are callers.
   *
   * @throws Exception when infrastructure broke and the outcome is not known
   */
  Answer hold(Hold hold) throws Exception;

  @Override
  void close();
}
