package ai.ratio1.itests.kura.platform;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.Servlet;
import javax.servlet.ServletException;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.kura.web.api.ClientExtensionBundle;
import org.eclipse.kura.web.api.Console;
import org.jspecify.annotations.Nullable;
import org.osgi.service.http.HttpContext;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;

/**
 * A web admin with a log-in, a page that loads the scripts of others, and their servlets behind the
 * log-in: without a session 401, as Kura 5 answers.
 */
final class WebAdmin implements Console {

  private static final String LOGIN = "/admin/login";
  private static final String PAGE = "/admin/console";
  private static final String SESSION = "ADMIN_SESSION";
  private static final String PASSWORD = "a password of tests";

  private final HttpService server;
  private final HttpContext secured = new LoggedIn();
  private final List<ClientExtensionBundle> extensions = new CopyOnWriteArrayList<>();
  private final String session = new BigInteger(128, new SecureRandom()).toString(16);

  WebAdmin(HttpService server) {
    this.server = server;
    try {
      server.registerServlet(LOGIN, new Login(), null, server.createDefaultHttpContext());
      server.registerServlet(PAGE, new Page(), null, secured);
    } catch (ServletException | NamespaceException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void registerConsoleExtensionBundle(ClientExtensionBundle extension) {
    extensions.add(extension);
  }

  @Override
  public void unregisterConsoleExtensionBundle(ClientExtensionBundle extension) {
    extensions.remove(extension);
  }

  @Override
  public void registerSecuredServlet(String path, Servlet servlet)
      throws NamespaceException, ServletException {
    server.registerServlet(path, servlet, null, secured);
  }

  @Override
  public void unregisterServlet(String path) {
    server.unregister(path);
  }

  private final class LoggedIn implements HttpContext {

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response) {
      Cookie[] cookies = Objects.requireNonNullElse(request.getCookies(), new Cookie[0]);
      boolean known =
          Arrays.stream(cookies)
              .anyMatch(c -> c.getName().equals(SESSION) && c.getValue().equals(session));
      if (!known) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      }
      return known;
    }

    @Override
    public @Nullable URL getResource(String name) {
      return null;
    }

    @Override
    public @Nullable String getMimeType(String name) {
      return null;
    }
  }

  private final class Login extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      if (PASSWORD.equals(request.getParameter("password"))) {
        Cookie cookie = new Cookie(SESSION, session);
        cookie.setPath("/");
        response.addCookie(cookie);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      } else {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      }
    }
  }

  /** Calls what a script registers, and shows the page that it adds. */
  private final class Page extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      StringBuilder page =
          new StringBuilder(
              """
              <!DOCTYPE html><html><head><title>Web admin</title></head><body><div id="content"></div>
              <script>
              window.extensionRegistry = {
                registerExtension: function (extension) {
                  extension.onLoad({
                    addSidenavComponent: function (name, icon, factory) {
                      document.title = name;
                      document.getElementById('content').appendChild(factory.buildWidget());
                    }
                  });
                }
              };
              </script>
              """);
      extensions.forEach(
          extension ->
              page.append("<script src=\"")
                  .append(extension.getEntryPointUrl())
                  .append("\"></script>"));
      response.setContentType("text/html; charset=utf-8");
      response
          .getOutputStream()
          .write(page.append("</body></html>").toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
