package dev.seonchak.events.postgres;

/** Where the database is, for those that connect to it without the pool. */
public record DatabaseAddress(String jdbcUrl, String user, String password) {}
