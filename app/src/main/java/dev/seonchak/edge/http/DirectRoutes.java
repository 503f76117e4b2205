package dev.seonchak.edge.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The short way to an operation of the interface whose path has no variables but ids: one look into
 * a map, where the framework compares the path with every pattern there is. What is not found here
 * goes the framework's own way, which finds it or refuses it.
 */
@Component
class DirectRoutes implements HandlerMapping, Ordered, SmartInitializingSingleton {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final int ID_LENGTH = 36;

  private final RequestMappingHandlerMapping all;
  private final Map<String, Operation> operations = new HashMap<>();

  DirectRoutes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping all) {
    this.all = all;
  }

  /**
   * @param variables names of the ids in its path, in their order
   */
  private record Operation(HandlerMethod method, List<String> variables) {}

  /** Before every other mapping: a look into a map costs less than asking any of them. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public void afterSingletonsInstantiated() {
    all.getHandlerMethods().forEach(this::add);
  }

  private void add(RequestMappingInfo mapping, HandlerMethod method) {
    Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
    Set<String> patterns = mapping.getPatternValues();
    boolean plain =
        mapping.getParamsCondition().isEmpty()
            && mapping.getHeadersCondition().isEmpty()
            && mapping.getConsumesCondition().isEmpty()
            && mapping.getProducesCondition().isEmpty();
    if (plain && methods.size() == 1 && patterns.size() == 1) {
      String pattern = patterns.iterator().next();
      if (pattern.startsWith("/api/")) {
        List<String> variables =
            VARIABLE.matcher(pattern).results().map(it -> it.group(1)).toList();
        operations.put(
            methods.iterator().next() + VARIABLE.matcher(pattern).replaceAll("*"),
            new Operation(method.createWithResolvedBean(), variables));
      }
    }
  }

  @Override
  public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
    List<String> ids = new ArrayList<>(2);
    String shape = shape(request.getRequestURI(), ids);
    Operation operation = operations.get(request.getMethod() + shape);
    if (operation == null || operation.variables().size() != ids.size()) {
      return null;
    }
    Map<String, String> named = HashMap.newHashMap(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      named.put(operation.variables().get(i), ids.get(i));
    }
    request.setAttribute(URI_TEMPLATE_VARIABLES_ATTRIBUTE, named);
    return new HandlerExecutionChain(operation.method());
  }

  /** The path with a star for each segment that looks like an id, which is added to the list. */
  static String shape(String path, List<String> ids) {
    var shape = new StringBuilder(path.length());
    for (int from = 0; from < path.length(); ) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      if (isId(path, from, to)) {
        ids.add(path.substring(from, to));
        shape.append('*');
      } else {
        shape.append(path, from, to);
      }
      if (slash >= 0) {
        shape.append('/');
      }
      from = to + 1;
    }
    return shape.toString();
  }

  private static boolean isId(String path, int from, int to) {
    boolean id = to - from == ID_LENGTH;
    for (int i = from; id && i < to; i++) {
      char c = path.charAt(i);
      id = c == '-' || Character.digit(c, 16) >= 0;
    }
    return id;
  }
}
