package ai.ratio1.kura.web.internal;

import ai.ratio1.http.Response;
import ai.ratio1.kura.web.internal.core.Page;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Carries requests of browsers that are logged in to the page, and answers back. */
final class PageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Page page;

  PageServlet(Page page) {
    this.page = page;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Response answer =
        page.answer(
            request.getMethod().toUpperCase(Locale.ROOT),
            Objects.requireNonNullElse(request.getPathInfo(), ""),
            request.getRemoteAddr());
    response.setStatus(answer.status());
    Page.headers(answer, request.isSecure()).forEach(response::setHeader);
    response.setContentType(answer.contentType());
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }
}
