package dev.seonchak.drops.postgres;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.seonchak.drops.Limits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** Makes the cache of drops and keeps it fresh. */
@Configuration(proxyBeanMethods = false)
class DropCache {
  @Bean
  CachedDrops cachedDrops(DropReads reads) {
    return new CachedDrops(reads::find, Ticker.systemTicker(), Limits.STANDARD);
  }

  @Bean
  Refresh dropCacheRefresh(CachedDrops drops) {
    return new Refresh(drops);
  }

  /** The clockwork. A fixed rate, so that a slow task of somebody else cannot hold it up. */
  record Refresh(CachedDrops drops) {
    @Scheduled(fixedRate = 300)
    void refresh() {
      drops.refresh();
    }
  }
}
