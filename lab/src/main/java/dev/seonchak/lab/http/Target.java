package dev.seonchak.lab.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One kind of request, and what was measured of it with one number of connections.
 *
 * @param status of the answer that is right
 * @param answers where the load writes what the 201s said; null when nobody wants to know
 */
record Target(String name, int port, Path requests, int status, @Nullable Path answers) {}
