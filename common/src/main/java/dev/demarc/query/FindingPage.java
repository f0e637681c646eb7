package dev.demarc.query;

import java.util.List;
import java.util.Optional;

/**
 * One page of findings. {@code total} counts the findings over all pages; {@code exact} says whether it is their number or only a lower
 * bound. {@code next} is the position to go on from: of no meaning outside, to be signed before it is handed out. A page may be shorter
 * than asked for, even empty, and still have a next one: a query reads a bounded number of items.
 */
public record FindingPage(List<Finding> findings, long total, boolean exact, Optional<String> next) {
    public FindingPage {
        findings = List.copyOf(findings);
    }
}
