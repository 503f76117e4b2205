package dev.seonchak.engine;

/** The smallest holder. */
record Order(HolderId id) implements Holder {}
