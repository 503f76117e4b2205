package dev.seonchak.embedded;

/** The servers that can be brought along. They stop in the order in which they stand here. */
public enum Part {
  KAFKA("Kafka", "kafka"),
  REDIS("Redis", "redis"),
  POSTGRES("PostgreSQL", "postgres");

  private final String title;
  private final String folder;

  Part(String title, String folder) {
    this.title = title;
    this.folder = folder;
  }

  /** As its makers write it. */
  public String title() {
    return title;
  }

  /** Where this part keeps its data, below the data folder. */
  String folder() {
    return folder;
  }
}
