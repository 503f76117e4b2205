package dev.seonchak.lab.ways;

/**
 * Where the servers of a run are; one run uses the same ones for every way.
 *
 * @param jdbcUrl of the database that the workload has prepared
 * @param redisUri with the password in it
 * @param kafka its bootstrap servers; empty when no way of the run needs it
 */
public record Servers(
    String jdbcUrl, String user, String password, String redisUri, String kafka) {}
