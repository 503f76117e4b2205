package dev.seonchak.lab.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent: one whole request per account, ready to go but for its key.
 *
 * @param bytes of each account's request
 * @param keyAt where in each of them the 36 characters of the key stand
 */
record Requests(List<byte[]> bytes, List<Integer> keyAt) {
  private static final String KEY_PLACE = "00000000-0000-0000-0000-000000000000";

  /**
   * @param tokens of the accounts, one each
   */
  static Requests of(String path, List<String> tokens, String body) {
    List<byte[]> bytes = new ArrayList<>();
    List<Integer> keyAt = new ArrayList<>();
    for (String token : tokens) {
      String request =
          """
          POST %s HTTP/1.1
          Host: 127.0.0.1
          Authorization: Bearer %s
          Content-Type: application/json
          Idempotency-Key: %s
          Content-Length: %d

          """
                  .formatted(path, token, KEY_PLACE, body.getBytes(StandardCharsets.UTF_8).length)
                  .replace("\n", "\r\n")
              + body;
      bytes.add(request.getBytes(StandardCharsets.UTF_8));
      keyAt.add(request.indexOf(KEY_PLACE));
    }
    return new Requests(bytes, keyAt);
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(bytes.size());
      for (int i = 0; i < bytes.size(); i++) {
        out.writeInt(keyAt.get(i));
        out.writeInt(bytes.get(i).length);
        out.write(bytes.get(i));
      }
    }
  }

  static Requests read(Path file) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    List<Integer> keyAt = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        keyAt.add(in.readInt());
        bytes.add(in.readNBytes(in.readInt()));
      }
    }
    return new Requests(bytes, keyAt);
  }
}
