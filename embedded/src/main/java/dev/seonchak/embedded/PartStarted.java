package dev.seonchak.embedded;

/**
 * A part is up and answers.
 *
 * @param name with version, such as "PostgreSQL 18.6"
 * @param address host and port on loopback
 * @param seconds from the order to start until the first answer
 */
public record PartStarted(Part part, String name, String address, double seconds) {}
