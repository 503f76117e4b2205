package dev.seonchak.embedded;

import java.nio.file.Path;

/**
 * Where servers live.
 *
 * @param data what is kept between runs; secrets in it are readable by their owner only
 * @param binaries unpacked servers, which can be deleted at any time and shared by several data
 *     folders
 */
public record Folders(Path data, Path binaries) {

  /** Everything below one folder. */
  public static Folders in(Path data) {
    return new Folders(data, data.resolve("servers"));
  }

  /**
   * The same folders, the data folder made if there was none, with paths that hold in whatever
   * folder a process works.
   */
  Folders absolute() {
    return new Folders(Disk.dataFolder(data), binaries.toAbsolutePath().normalize());
  }

  Path of(Part part) {
    return data.resolve(part.folder());
  }
}
