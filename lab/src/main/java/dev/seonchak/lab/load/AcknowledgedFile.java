package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Answer;
import dev.seonchak.lab.ways.Hold;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How one process tells another which holds of a hot item its callers were told are done. */
public final class AcknowledgedFile {
  private AcknowledgedFile() {}

  public static void write(Path file, List<Acknowledged> all) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(all.size());
      for (Acknowledged one : all) {
        write(out, one.held().order());
        write(out, one.hold().claimant());
        write(out, one.hold().key());
        out.writeLong(one.hold().fingerprint());
        out.writeLong(one.held().sequences().getFirst());
        out.writeLong(one.asked());
        out.writeLong(one.answered());
      }
    }
  }

  /**
   * @param later nanoseconds by which the writer's round began after the reader's
   */
  public static List<Acknowledged> read(Path file, UUID drop, UUID pool, long later)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<Acknowledged> all = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        UUID order = uuid(in);
        Hold hold =
            new Hold(
                order,
                drop,
                uuid(in),
                List.of(new Hold.Line(pool, 1)),
                uuid(in),
                in.readLong(),
                Requests.PRICE,
                Requests.ANSWERS);
        Answer.Held held = new Answer.Held(order, List.of(in.readLong()));
        all.add(new Acknowledged(hold, held, in.readLong() + later, in.readLong() + later));
      }
      return all;
    }
  }

  private static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
