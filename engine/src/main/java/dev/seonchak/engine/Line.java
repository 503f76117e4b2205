package dev.seonchak.engine;

/**
 * So many units of one pool.
 *
 * <p>Any quantity can be written down; the decision refuses one below 1, since the reasons that
 * come before "invalid quantity" must be able to win.
 *
 * @param quantity units wanted
 */
public record Line(PoolId pool, int quantity) {}
