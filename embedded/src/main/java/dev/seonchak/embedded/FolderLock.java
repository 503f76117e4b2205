package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder to one process. The kernel lets go of the lock when the process ends, however it
 * ends.
 */
final class FolderLock implements AutoCloseable {
  /**
   * The kernel drops all of a process's locks on a file as soon as that process closes any channel
   * to it, so a folder that is locked here is never opened a second time.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder that exists.
   *
   * @param data the data folder, for the sentence that says that somebody else has it
   */
  static FolderLock take(Path folder, Path data) {
    if (!HELD_HERE.add(folder)) {
      throw inUse(data);
    }
    FileChannel taken = null;
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        taken = channel;
        return new FolderLock(folder, channel);
      }
      channel.close();
      throw inUse(data);
    } catch (IOException e) {
      throw Disk.cannotWrite(data, e);
    } finally {
      if (taken == null) {
        HELD_HERE.remove(folder);
      }
    }
  }

  private static CannotStart inUse(Path data) {
    return new CannotStart("The data folder " + data + " is in use by another running seonchak.");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("A lock file could not be closed", e);
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
