package dev.seonchak.engine;

/**
 * How much waits inside an engine, to be shown to an operator.
 *
 * @param inInboxes requests that wait for a writer
 * @param forProbe takes that wait for the shared probe
 * @param forDisk requests that are committed and wait until that is durable
 */
public record Load(int inInboxes, int forProbe, int forDisk) {}
