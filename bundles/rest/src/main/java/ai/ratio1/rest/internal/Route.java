package ai.ratio1.rest.internal;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import java.util.Set;
import java.util.function.Function;

/** One path of the REST face. */
record Route(
    String path, Audience audience, Set<String> methods, Function<Request, Response> answer)
    implements Door {

  static Route get(String path, Function<Request, Response> answer) {
    return new Route(path, Audience.LOCAL, Set.of("GET"), answer);
  }

  @Override
  public Response handle(Request request) {
    return answer.apply(request);
  }
}
