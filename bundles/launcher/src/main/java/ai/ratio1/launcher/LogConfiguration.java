package ai.ratio1.launcher;

import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes the Logback configuration of one node: one bounded log of its own. */
final class LogConfiguration {

  private LogConfiguration() {}

  static void write(NodeFolder folder) throws IOException {
    DurableFile.createFolder(folder.logFolder());
    String text =
        """
        <configuration>
          <appender name="node" class="ch.qos.logback.core.rolling.RollingFileAppender">
            <file>%s</file>
            <encoder>
              <pattern>%%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %%-5level %%logger{24} %%msg%%n</pattern>
            </encoder>
            <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
              <fileNamePattern>%s.%%i.gz</fileNamePattern>
              <minIndex>1</minIndex>
              <maxIndex>3</maxIndex>
            </rollingPolicy>
            <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
              <maxFileSize>10MB</maxFileSize>
            </triggeringPolicy>
          </appender>
          <logger name="ai.ratio1" level="INFO"/>
          <root level="WARN"><appender-ref ref="node"/></root>
        </configuration>
        """
            .formatted(escaped(folder.log()), escaped(folder.log()));
    DurableFile.write(folder.logConfiguration(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(Path path) {
    return path.toAbsolutePath().toString().replace("&", "&amp;").replace("<", "&lt;");
  }
}
