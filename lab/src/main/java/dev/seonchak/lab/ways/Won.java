package dev.seonchak.lab.ways;

/** A hold that a script has let win, on its way to the table. */
record Won(Hold hold, long sequence) {}
