package dev.demarc.record.dynamodb;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One sorted stream from several sorted ones; asks each only for as much as is taken. */
final class Merge {
    private record Head<T>(T value, Iterator<T> rest) {}

    private Merge() {}

    static <T> Stream<T> of(List<Iterator<T>> sorted, Comparator<? super T> order) {
        PriorityQueue<Head<T>> heads = new PriorityQueue<>((a, b) -> order.compare(a.value(), b.value()));
        sorted.forEach(one -> push(heads, one));
        Iterator<T> merged = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public T next() {
                Head<T> head = heads.remove();
                push(heads, head.rest());
                return head.value();
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED), false);
    }

    private static <T> void push(PriorityQueue<Head<T>> heads, Iterator<T> from) {
        if (from.hasNext()) {
            heads.add(new Head<>(from.next(), from));
        }
    }
}
