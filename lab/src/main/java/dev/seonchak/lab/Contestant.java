package dev.seonchak.lab;

import dev.seonchak.lab.load.Workload;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Ways;

/**
 * One that is measured against others: a way, at work on something.
 *
 * @param name short and unique in a run
 */
record Contestant(String name, String title, Ways way, Servers servers, Workload workload) {}
