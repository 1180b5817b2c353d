package ai.ratio1.settings;

import ai.ratio1.base.R1Exception;
import ai.ratio1.settings.internal.LastGood;
import ai.ratio1.settings.internal.OpenedSecrets;
import ai.ratio1.settings.internal.TypedView;
import ai.ratio1.settings.internal.core.Form;
import ai.ratio1.settings.internal.core.FormReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration a component works with. Whatever a platform hands over is checked against the
 * component's form (its metatype) and then by the component itself. What does not pass is refused
 * with a code, and the last good configuration stays, on disk too: a component that starts with a
 * wrong configuration takes the last good one of an earlier run, or else its defaults.
 *
 * <p>A component takes the plain {@link Map} of Declarative Services and hands it in here. Not the
 * annotation, for which Declarative Services converts: there a missing number becomes 0, a long is
 * cut, and the failure of a text carries no code.
 *
 * <p>Settings of type {@code Password} arrive encrypted, are kept so, and are opened for the
 * component alone. It takes {@link Secrets} as a static and greedy reference to any number: then
 * Declarative Services makes it anew when the service comes after it, or goes. (With one that is
 * optional some versions give up the component when it goes.)
 *
 * <p>Not thread-safe: Declarative Services calls one at a time.
 *
 * @param <C> the annotation with the settings; every element has a default
 * @param <S> what the component makes of it
 */
public final class Configured<C extends Annotation, S> {

  private static final Logger LOG = LoggerFactory.getLogger(Configured.class);

  private final Class<C> type;
  private final String pid;
  private final BundleContext context;
  private final Function<C, S> check;
  private final Form form;
  private final OpenedSecrets secrets;
  private final LastGood lastGood;

  private Configured(
      Class<C> type,
      String pid,
      BundleContext context,
      OpenedSecrets secrets,
      Function<C, S> check) {
    this.type = type;
    this.pid = pid;
    this.context = context;
    this.check = check;
    this.form = form(type, pid);
    this.secrets = secrets;
    this.lastGood = new LastGood(() -> dataFolder(context), pid);
  }

  /**
   * For a component without secrets.
   *
   * @param type its settings, with the metatype of that PID in the same bundle
   * @param pid its PID
   * @param context its bundle's; the framework property {@code r1.data} names the data folder
   * @param check makes of settings in the ranges of the form what the component works with; throws
   *     {@link R1Exception} or {@link IllegalArgumentException} when they do not fit together
   */
  public static <C extends Annotation, S> Configured<C, S> of(
      Class<C> type, String pid, BundleContext context, Function<C, S> check) {
    Configured<C, S> configured =
        new Configured<>(type, pid, context, new OpenedSecrets(List.of()), check);
    if (configured.form.hasSecrets()) {
      throw new IllegalStateException(pid + " has settings that need Secrets");
    }
    return configured;
  }

  /**
   * For a component that has secrets.
   *
   * @param type its settings, with the metatype of that PID in the same bundle
   * @param pid its PID
   * @param context its bundle's; the framework property {@code r1.data} names the data folder
   * @param secrets none while nothing can open them: then a configuration that has one is refused
   * @param check as for a component without; it finds secrets opened, and empty where none is set
   */
  public static <C extends Annotation, S> Configured<C, S> of(
      Class<C> type,
      String pid,
      BundleContext context,
      List<Secrets> secrets,
      Function<C, S> check) {
    return new Configured<>(type, pid, context, new OpenedSecrets(secrets), check);
  }

  /**
   * The first configuration: what is given, or the last good one, or the defaults.
   *
   * @throws R1Exception what is wrong with the given one when none of them can be used
   */
  public S begin(Map<String, ?> given) {
    try {
      Map<String, Object> checked = form.check(given);
      S settings = checked(checked);
      taken(checked);
      return settings;
    } catch (R1Exception e) {
      Optional<S> other = substitute(e);
      if (other.isEmpty()) {
        refused(e, "There is none that it could work with.");
        throw e;
      }
      return other.get();
    }
  }

  /** As {@link #begin}, but empty when none can be used; the log then says what is wrong. */
  public Optional<S> tryBegin(Map<String, ?> given) {
    try {
      return Optional.of(begin(given));
    } catch (R1Exception e) {
      LOG.debug("{} waits for a better configuration.", pid, e);
      return Optional.empty();
    }
  }

  /**
   * A later configuration. It counts once it is in use; when it is refused, by its check or by a
   * coded failure of its use, what was in use before goes on.
   */
  public void next(Map<String, ?> given, Consumer<S> use) {
    try {
      Map<String, Object> checked = form.check(given);
      use.accept(checked(checked));
      taken(checked);
    } catch (R1Exception e) {
      refused(e, "The last good one stays.");
    }
  }

  private S checked(Map<String, Object> values) {
    try {
      return check.apply(TypedView.of(type, form.open(values, secrets::open)));
    } catch (IllegalArgumentException e) {
      throw SettingsError.REFUSED.because("The settings do not fit: " + e.getMessage() + ".", e);
    }
  }

  private Optional<S> substitute(R1Exception refusal) {
    Optional<S> last = lastGood.read(form).flatMap(this::usable);
    if (last.isPresent()) {
      refused(refusal, "The last good one of an earlier run is used.");
      return last;
    }
    Optional<S> usual = usable(Map.of());
    usual.ifPresent(settings -> refused(refusal, "Its defaults are used."));
    return usual;
  }

  /** An older version may have kept what this one does not take. */
  private Optional<S> usable(Map<String, Object> values) {
    try {
      return Optional.of(checked(form.check(values)));
    } catch (R1Exception e) {
      LOG.debug("{} cannot work with {}.", pid, values.keySet(), e);
      return Optional.empty();
    }
  }

  private void taken(Map<String, Object> values) {
    lastGood.keep(values);
    tell(refusals -> refusals.taken(pid));
  }

  private void refused(R1Exception why, String consequence) {
    LOG.error("{} refuses its configuration. {} {}", pid, why.describe(), consequence);
    tell(refusals -> refusals.refused(pid, why));
  }

  private void tell(Consumer<Refusals> message) {
    ServiceReference<Refusals> reference = context.getServiceReference(Refusals.class);
    Refusals board = reference == null ? null : context.getService(reference);
    if (board != null) {
      message.accept(board);
      context.ungetService(reference);
    }
  }

  private static Form form(Class<?> type, String pid) {
    String name = "/OSGI-INF/metatype/" + pid + ".xml";
    try (InputStream file = type.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the bundle of " + type.getName() + " lacks " + name);
      }
      return FormReader.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> dataFolder(BundleContext context) {
    return Optional.ofNullable(context.getProperty("r1.data"))
        .filter(folder -> !folder.isBlank())
        .map(Path::of);
  }
}
