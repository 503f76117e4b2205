package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.GenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes bodies as {@link StrictJson}. A body is read whole, which is cheap since it is
 * bounded, and then looked at once for what no database stores. Thread-safe.
 */
final class JsonConverter implements GenericHttpMessageConverter<Object> {
  static final String TYPE = MediaType.APPLICATION_JSON_VALUE;

  private static final List<MediaType> TYPES =
      List.of(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));

  private final JsonMapper mapper = StrictJson.MAPPER;
  private final ConcurrentHashMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  @Override
  public List<MediaType> getSupportedMediaTypes() {
    return TYPES;
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return canRead(type, null, mediaType);
  }

  @Override
  public boolean canRead(Type type, @Nullable Class<?> context, @Nullable MediaType mediaType) {
    return type != String.class && type != byte[].class && isJson(mediaType);
  }

  @Override
  public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
    return type != String.class && type != byte[].class && isJson(mediaType);
  }

  @Override
  public boolean canWrite(@Nullable Type type, Class<?> actual, @Nullable MediaType mediaType) {
    return canWrite(actual, mediaType);
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type == null
        || MediaType.APPLICATION_JSON.includes(type)
        || type.getSubtype().endsWith("+json")
        || MediaType.ALL.equals(type);
  }

  @Override
  public Object read(Class<?> type, HttpInputMessage message) throws IOException {
    return read(type, null, message);
  }

  @Override
  public Object read(Type type, @Nullable Class<?> context, HttpInputMessage message)
      throws IOException {
    byte[] body = body(message);
    if (body.length == 0) {
      throw new HttpMessageNotReadableException("no body", message);
    }
    UnstorableText.refuse(body);
    ObjectReader reader =
        readers.computeIfAbsent(type, key -> mapper.readerFor(mapper.constructType(key)));
    try {
      Object value = reader.readValue(body);
      if (value == null) {
        throw new HttpMessageNotReadableException("null", message);
      }
      return value;
    } catch (JacksonException e) {
      throw new HttpMessageNotReadableException("not as it must be", e, message);
    }
  }

  private static byte[] body(HttpInputMessage message) throws IOException {
    // One byte more than allowed, so that a body without a length is refused by its own count.
    int most = Limits.STANDARD.bodyBytesMax() + 1;
    long length =
        message instanceof ServletServerHttpRequest servlet
            ? servlet.getServletRequest().getContentLengthLong()
            : -1;
    return message.getBody().readNBytes(length < 0 ? most : (int) Math.min(length, most));
  }

  @Override
  public void write(Object value, @Nullable MediaType type, HttpOutputMessage message)
      throws IOException {
    write(value, null, type, message);
  }

  @Override
  public void write(
      Object value, @Nullable Type declared, @Nullable MediaType type, HttpOutputMessage message)
      throws IOException {
    byte[] body = bytes(value);
    if (message.getHeaders().getContentType() == null) {
      message
          .getHeaders()
          .setContentType(type == null || !type.isConcrete() ? MediaType.APPLICATION_JSON : type);
    }
    message.getHeaders().setContentLength(body.length);
    message.getBody().write(body);
  }

  byte[] bytes(Object value) {
    return mapper.writeValueAsBytes(value);
  }
}
