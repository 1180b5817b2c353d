package ai.ratio1.http.internal.kura;

import ai.ratio1.http.internal.core.Answer;
import ai.ratio1.http.internal.core.Body;
import ai.ratio1.http.internal.core.Call;
import ai.ratio1.http.internal.core.Gate;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Carries requests from the servlet container of Kura 5 to the gate, and answers back. */
final class KuraDoorServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<Gate> gate;
  private final transient LongSupplier bodyNanos;

  /**
   * A servlet for one path.
   *
   * @param gate the gate of the moment
   * @param bodyNanos longest time for a whole body, in nanoseconds
   */
  KuraDoorServlet(Supplier<Gate> gate, LongSupplier bodyNanos) {
    this.gate = gate;
    this.bodyNanos = bodyNanos;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long start = System.nanoTime();
    long most = bodyNanos.getAsLong();
    Body body = Body.of(request.getInputStream(), () -> System.nanoTime() - start > most);
    write(gate.get().answer(call(request), body), request, response);
  }

  private static Call call(HttpServletRequest request) throws IOException {
    // The container gives a numeric address, so nothing is looked up here.
    InetAddress remote = InetAddress.getByName(request.getRemoteAddr());
    String below = request.getPathInfo();
    return new Call(
        request.getMethod(),
        request.getServletPath() + (below == null ? "" : below),
        Optional.ofNullable(request.getQueryString()),
        remote.getHostAddress(),
        remote.isLoopbackAddress(),
        Optional.ofNullable(request.getHeader("Host")),
        Optional.ofNullable(request.getHeader("Origin")),
        Optional.ofNullable(request.getHeader("Authorization")),
        request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null,
        request.getContentLengthLong());
  }

  private static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.response().status());
    answer.headers(request.isSecure()).forEach(response::setHeader);
    response.setContentType(answer.response().contentType());
    response.setContentLength(answer.response().body().length);
    response.getOutputStream().write(answer.response().body());
  }
}
