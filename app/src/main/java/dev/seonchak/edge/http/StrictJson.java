package dev.seonchak.edge.http;

import dev.seonchak.edge.Limits;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON of the HTTP interface: a document says exactly what is meant, or is refused. Nothing is
 * converted, unknown and repeated names are errors, and what a record does not mark as nullable
 * must be there.
 */
final class StrictJson {
  static final JsonMapper MAPPER = mapper();

  private StrictJson() {}

  private static JsonMapper mapper() {
    Limits limits = Limits.STANDARD;
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.nestingMax())
                    .maxStringLength(limits.textCharactersMax())
                    .maxNameLength(limits.nameCharactersMax())
                    .maxNumberLength(limits.numberCharactersMax())
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .annotationIntrospector(
            new AnnotationIntrospectorPair(
                new RequiredUnlessNullable(), new JacksonAnnotationIntrospector()))
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(defaults -> {
          for (CoercionInputShape shape : CoercionInputShape.values()) {
            defaults.setCoercion(shape, CoercionAction.Fail);
          }
        })
        .withCoercionConfig(
            LogicalType.Float,
            floats -> floats.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert))
        .addModule(StrictTime.module())
        .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
        .build();
  }
}
