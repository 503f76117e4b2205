package dev.seonchak.orders;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as they are stored: JSON with its members sorted, so that equal answers are equal text.
 */
public final class AnswersJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final TypeReference<Map<String, Object>> ANSWERS = new TypeReference<>() {};

  private AnswersJson() {}

  /** Null when nothing is answered. */
  public static @Nullable String write(Map<String, Object> answers) {
    return answers.isEmpty() ? null : MAPPER.writeValueAsString(answers);
  }

  public static Map<String, Object> read(@Nullable String json) {
    return json == null ? Map.of() : MAPPER.readValue(json, ANSWERS);
  }
}
