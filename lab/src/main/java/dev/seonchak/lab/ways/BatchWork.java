package dev.seonchak.lab.ways;

import java.util.List;

/** What is done with a batch of messages, never an empty one. */
@FunctionalInterface
interface BatchWork<M> {
  void on(List<M> batch) throws Exception;
}
