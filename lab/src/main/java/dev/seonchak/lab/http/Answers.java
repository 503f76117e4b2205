package dev.seonchak.lab.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What the 201s said, kept as plain numbers so that collecting it costs the load little. */
final class Answers {
  private static final int WIDTH = 6;

  private long[] numbers = new long[1 << 16];
  private int size;

  /**
   * A hold that was acknowledged.
   *
   * @param account index among the requests
   * @param sequence the claim's number
   */
  record Told(int account, UUID key, UUID order, long sequence) {}

  void add(int account, long keyHigh, long keyLow, UUID order, long sequence) {
    if (size + WIDTH > numbers.length) {
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
    }
    numbers[size++] = account;
    numbers[size++] = keyHigh;
    numbers[size++] = keyLow;
    numbers[size++] = order.getMostSignificantBits();
    numbers[size++] = order.getLeastSignificantBits();
    numbers[size++] = sequence;
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(size / WIDTH);
      for (int i = 0; i < size; i++) {
        out.writeLong(numbers[i]);
      }
    }
  }

  static List<Told> read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<Told> told = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        told.add(
            new Told(
                (int) in.readLong(),
                new UUID(in.readLong(), in.readLong()),
                new UUID(in.readLong(), in.readLong()),
                in.readLong()));
      }
      return told;
    }
  }
}
