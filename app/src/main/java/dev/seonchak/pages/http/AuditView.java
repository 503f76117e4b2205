package dev.seonchak.pages.http;

import dev.seonchak.audit.Verdict;

/**
 * What the last audit of a drop has found, as its seller's page shows it.
 *
 * @param at when, or empty before the first
 */
public record AuditView(String text, String tone, String at) {
  static final AuditView NONE = new AuditView("not audited yet", "", "");

  static AuditView of(Verdict verdict) {
    return verdict.isClean()
        ? new AuditView("audit clean", "good", verdict.at().toString())
        : new AuditView("audit found a fault", "bad", verdict.at().toString());
  }
}
