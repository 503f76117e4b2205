/** The batching allocation engine: many claims on scarce stock, one transaction for all of them. */
module dev.seonchak.engine {
  requires static org.jspecify;

  exports dev.seonchak.engine;
}
