package dev.seonchak.engine;

/**
 * What is created together with the claims and holds them: an order, a coupon, an entry.
 *
 * <p>The engine hands it through without looking inside; the journal writes it. Its id must be new
 * for each request, because a success that is found again under the same key and the same holder is
 * this very request's own.
 */
public interface Holder {
  HolderId id();
}
