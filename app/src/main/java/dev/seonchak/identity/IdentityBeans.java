package dev.seonchak.identity;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Reads this module's settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
class IdentityBeans {}
