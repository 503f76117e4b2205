package dev.seonchak;

import dev.seonchak.runtime.Launch;
import dev.seonchak.runtime.NotInRole;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The platform: which classes it is made of, and where it starts. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(
    excludeFilters = {
      @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
      @ComponentScan.Filter(type = FilterType.CUSTOM, classes = NotInRole.class)
    })
public class Seonchak {
  /**
   * Starts the platform; exit code 1 and one sentence on standard error when that is not possible.
   */
  public static void main(String[] arguments) {
    Launch.main(Seonchak.class, arguments);
  }
}
