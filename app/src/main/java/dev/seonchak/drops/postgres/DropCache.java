package dev.seonchak.drops.postgres;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.seonchak.drops.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
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
    private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

    /** Well within the age that the cache may have. */
    private static final int EVERY_MILLIS = 300;

    @Scheduled(fixedRate = EVERY_MILLIS)
    void refresh() {
      try {
        drops.refresh();
      } catch (DataAccessException e) {
        // Whoever asks for a drop meanwhile is told; this would only say so three times a second.
        LOG.debug("drops not refreshed", e);
      }
    }
  }
}
