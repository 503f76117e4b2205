package dev.seonchak.embedded;

/** The servers that can be brought along. They stop in the order in which they stand here. */
public enum Part {
  KAFKA("kafka"),
  REDIS("redis"),
  POSTGRES("postgres");

  private final String folder;

  Part(String folder) {
    this.folder = folder;
  }

  /** Where this part keeps its data, below the data folder. */
  String folder() {
    return folder;
  }
}
