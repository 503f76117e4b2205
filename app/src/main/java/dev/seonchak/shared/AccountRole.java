package dev.seonchak.shared;

/** What an account may do; OPERATOR is given by configuration or by another operator only. */
public enum AccountRole {
  BUYER,
  SELLER,
  HOST,
  OPERATOR
}
