package dev.seonchak.edge.http;

import dev.seonchak.shared.Problem;
import dev.seonchak.shared.Refusal;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Which problem an exception of the framework stands for. */
final class ProblemOf {
  /** PostgreSQL's codes for a lock that did not come in time and a transaction idle too long. */
  private static final Set<String> BOUNDED = Set.of("55P03", "25P03");

  private ProblemOf() {}

  /** Empty when it is none of the caller's doing and none of the database's. */
  static Optional<Problem> exception(Exception failure) {
    return Optional.ofNullable(
        switch (failure) {
          case Refusal refusal -> refusal.problem();
          case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
          case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
          case MissingServletRequestParameterException missing ->
              Problem.invalid(missing.getParameterName(), "This parameter is missing.");
          case MissingRequestHeaderException missing ->
              Problem.of(
                      400,
                      "missing-header",
                      "The header %s is missing.".formatted(missing.getHeaderName()))
                  .with("header", missing.getHeaderName());
          case MethodArgumentNotValidException invalid -> invalid(invalid);
          case HandlerMethodValidationException invalid ->
              Problem.invalid("request", "The request is not valid.");
          case ConstraintViolationException invalid ->
              Problem.invalid("request", "The request is not valid.");
          case HttpRequestMethodNotSupportedException method ->
              Problem.of(405, "method-not-allowed", "This cannot be done here.");
          case HttpMediaTypeNotSupportedException type ->
              Problem.of(415, "unsupported-media-type", "The body must be JSON.");
          case HttpMediaTypeNotAcceptableException type ->
              Problem.of(406, "not-acceptable", "The answer is JSON.");
          case NoResourceFoundException unknown -> nothingHere();
          case NoHandlerFoundException unknown -> nothingHere();
          case CannotGetJdbcConnectionException down -> unavailable();
          case CannotCreateTransactionException down -> unavailable();
          case DataAccessResourceFailureException down -> unavailable();
          case QueryTimeoutException slow -> unavailable();
          case TransientDataAccessException passing -> unavailable();
          case UncategorizedSQLException passing when isBounded(passing.getSQLException()) ->
              unavailable();
          case ErrorResponse response -> other(response);
          default -> null;
        });
  }

  static Problem unavailable() {
    return Problem.of(503, "unavailable", "The platform cannot answer at the moment; ask again.");
  }

  private static boolean isBounded(@Nullable SQLException failure) {
    return failure != null
        && failure.getSQLState() != null
        && BOUNDED.contains(failure.getSQLState());
  }

  private static Problem nothingHere() {
    return Problem.of(404, "not-found", "There is nothing at this address.");
  }

  private static Problem other(ErrorResponse response) {
    int status = response.getStatusCode().value();
    return status == 503
        ? unavailable()
        : Problem.of(
            status,
            status == 404 ? "not-found" : "malformed",
            "The request could not be understood.");
  }

  private static Problem mismatch(MethodArgumentTypeMismatchException mismatch) {
    return mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
        ? nothingHere()
        : Problem.invalid(mismatch.getName(), "This is not a valid value.");
  }

  private static Problem invalid(MethodArgumentNotValidException invalid) {
    return invalid.getBindingResult().getFieldErrors().stream()
        .findFirst()
        .map(ProblemOf::invalid)
        .orElseGet(() -> Problem.invalid("request", "The request is not valid."));
  }

  private static Problem invalid(FieldError error) {
    String message = error.getDefaultMessage();
    return Problem.invalid(
        error.getField(), message == null ? "This is not a valid value." : message);
  }

  private static Problem unreadable(HttpMessageNotReadableException unreadable) {
    return switch (unreadable.getCause()) {
      case UnrecognizedPropertyException unknown ->
          Problem.invalid(path(unknown.getPath()), "This field is not known here.");
      case InvalidNullException missing -> Problem.invalid(path(missing), "This is missing.");
      case DatabindException invalid ->
          Problem.invalid(path(invalid.getPath()), "This is missing, or not of the right kind.");
      case InputCoercionException tooLarge ->
          Problem.invalid(path(tooLarge.getPath()), "This number is out of range.");
      case JacksonException malformed ->
          Problem.of(400, "malformed", "The body is not JSON as it must be.");
      case null, default ->
          Problem.of(400, "malformed", "The body is missing or not JSON as it must be.");
    };
  }

  /** The path of something missing sometimes ends at what it is missing from. */
  private static String path(InvalidNullException missing) {
    String path = path(missing.getPath());
    String name = missing.getPropertyName().getSimpleName();
    String list = path.replaceFirst("(\\[\\d+])+$", "");
    boolean named = list.equals(name) || list.endsWith("." + name);
    return named ? path : path.isEmpty() ? name : path + "." + name;
  }

  /** The place in the document, such as {@code lines[0].quantity}. */
  private static String path(List<JacksonException.Reference> references) {
    String path =
        references.stream()
            .map(reference ->
                reference.getPropertyName() == null
                    ? "[" + reference.getIndex() + "]"
                    : "." + reference.getPropertyName())
            .collect(Collectors.joining());
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
