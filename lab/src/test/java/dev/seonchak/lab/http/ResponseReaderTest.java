package dev.seonchak.lab.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String BODY =
      "{\"id\":\"018f2b6c-7d1e-7abc-8def-0123456789ab\",\"lines\":[{\"sequence\":4711}]}";

  private final ResponseReader reader = new ResponseReader();

  @Test
  void readsAnAnswerWithALength() throws IOException {
    String answer =
        "HTTP/1.1 201 \r\nVary: Origin\r\ncontent-LENGTH:  " + BODY.length() + "\r\n\r\n" + BODY;

    arrivesByteByByte(answer);

    assertThat(reader.status()).isEqualTo(201);
    assertThat(reader.length()).isEqualTo(answer.length());
    assertThat(reader.uuidAfter("\"id\":\"".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(UUID.fromString("018f2b6c-7d1e-7abc-8def-0123456789ab"));
    assertThat(reader.numberAfter("\"sequence\":".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(4711);
  }

  @Test
  void readsAnAnswerInChunks() throws IOException {
    arrivesByteByByte(
        "HTTP/1.1 409 \r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n1A\r\n%s\r\n0\r\n\r\n"
            .formatted(BODY.length(), BODY, "abcdefghijklmnopqrstuvwxyz"));

    assertThat(reader.status()).isEqualTo(409);
    assertThat(reader.numberAfter("\"sequence\":".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(4711);
  }

  @Test
  void readsTheNextAnswerFromItsBeginning() throws IOException {
    arrivesByteByByte("HTTP/1.1 201 \r\nContent-Length: 2\r\n\r\n{}");
    reader.clear();
    arrivesByteByByte("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n");

    assertThat(reader.status()).isEqualTo(503);
  }

  @Test
  void refusesWhatHasNoLength() {
    reader.buffer().put("HTTP/1.1 200 \r\nA: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(reader::isWhole).isInstanceOf(IOException.class);
  }

  @Test
  void saysWhatIsMissingInABody() throws IOException {
    arrivesByteByByte("HTTP/1.1 201 \r\nContent-Length: 2\r\n\r\n{}");
    assertThatThrownBy(() -> reader.numberAfter("x".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IOException.class);
  }

  private void arrivesByteByByte(String answer) throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      reader.buffer().put(bytes[i]);
      assertThat(reader.isWhole()).as("after byte %d", i).isEqualTo(i == bytes.length - 1);
    }
  }
}
