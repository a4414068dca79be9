package io.dislog.history;

import java.util.List;

/** A log as one node showed it when all was over. */
public record FinalLog(String node, String log, long earliest, long end, List<Entry> entries) {}
