package dev.seonchak.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;

/** Keeps the component scan away from modules that the roles of this process do not start. */
public final class NotInRole implements TypeFilter, EnvironmentAware {
  private static final String ROOT = "dev.seonchak.";
  private @Nullable Roles roles;

  @Override
  public void setEnvironment(Environment environment) {
    roles = Roles.parse(environment.getProperty(Roles.SETTING, "all"));
  }

  @Override
  public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
    String name = reader.getClassMetadata().getClassName();
    return roles != null && name.startsWith(ROOT) && !roles.starts(name.substring(ROOT.length()));
  }
}
