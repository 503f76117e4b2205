package dev.seonchak.edge.http;

import dev.seonchak.shared.Caller;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.method.HandlerMethod;

/** What the OpenAPI document says of every operation, so that no operation has to repeat it. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {
  private static final String PROBLEM = "#/components/schemas/Problem";

  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
  }

  @Bean
  @Lazy
  OpenAPI openApi(@Value("${seonchak.version:0.1.0}") String version) {
    return new OpenAPI()
        .info(
            new Info()
                .title("Seonchak")
                .version(version)
                .description(
                    "Sells what runs out, first come, first served. Money is in won, times are"
                        + " RFC 3339, refusals are RFC 9457 problems with a stable `type`."))
        .components(
            new Components()
                .addSecuritySchemes(
                    "bearer",
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .description("A refusal; the type says which, and further members depend on it.")
        .addProperty("type", new StringSchema().example("/problems/sold-out"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("field", new StringSchema().description("the place in the request"))
        .additionalProperties(true);
  }

  /** Adds what every operation refuses that asks who is calling, or that takes a body. */
  @Bean
  @Lazy
  OperationCustomizer commonRefusals() {
    return (operation, handler) -> {
      List<String> callers = callers(handler);
      if (operation.getParameters() != null) {
        operation.getParameters().removeIf(parameter -> callers.contains(parameter.getName()));
      }
      if (!callers.isEmpty()) {
        operation.addSecurityItem(new SecurityRequirement().addList("bearer"));
        add(operation, "401", "`unauthenticated`: no valid token");
      }
      if (operation.getRequestBody() != null) {
        add(operation, "400", "`malformed`: not JSON as it must be");
        add(operation, "413", "`too-large`");
        add(operation, "415", "`unsupported-media-type`");
        add(operation, "422", "`invalid`: a field is unknown, missing or of the wrong kind");
      }
      add(operation, "503", "`unavailable`: ask again after Retry-After");
      return operation;
    };
  }

  /** Whatever is no success is a problem document. */
  @Bean
  @Lazy
  OpenApiCustomizer problemsEverywhere() {
    return document -> {
      document.getComponents().addSchemas("Problem", problem());
      document.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .forEach(operation -> operation.getResponses().forEach(OpenApiDocument::asProblem));
      // The caller is in the token, not in the request.
      document
          .getComponents()
          .getSchemas()
          .keySet()
          .removeAll(List.of("Caller", "AccountId", "SessionId"));
    };
  }

  private static void asProblem(String code, ApiResponse response) {
    if (code.startsWith("4") || code.startsWith("5")) {
      response.setContent(
          new Content()
              .addMediaType(
                  "application/problem+json",
                  new MediaType().schema(new Schema<>().$ref(PROBLEM))));
    }
  }

  private static void add(Operation operation, String code, String description) {
    ApiResponses responses = operation.getResponses();
    ApiResponse known = responses.get(code);
    if (known == null) {
      responses.addApiResponse(code, new ApiResponse().description(description));
    } else if (!String.valueOf(known.getDescription()).contains(description.split(":", 2)[0])) {
      known.setDescription(known.getDescription() + "; " + description);
    }
  }

  private static List<String> callers(HandlerMethod handler) {
    return Arrays.stream(handler.getMethodParameters())
        .filter(OpenApiDocument::isCaller)
        .map(parameter -> parameter.getParameter().getName())
        .toList();
  }

  private static boolean isCaller(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class
        || (parameter.getParameterType() == Optional.class
            && ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve()
                == Caller.class);
  }
}
