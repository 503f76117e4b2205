package dev.seonchak.engine;

import java.util.Comparator;

/** One claimant as seen by one group; unpaid expiries are counted for it. */
public record Member(GroupId group, ClaimantId claimant) {

  /** The order in which rows about members are written, so that two batches cannot deadlock. */
  static final Comparator<Member> ORDER =
      Comparator.comparing(Member::group).thenComparing(Member::claimant);
}
