package dev.demarc.catalogue.compile;

import java.util.Map;

/**
 * A member in an extract of a provider's schema: its kind, in how many arrays it is wrapped, and the members below it. The member
 * {@code *} stands for any name.
 */
record SchemaNode(Kind kind, int arrays, Map<String, SchemaNode> members) {

    /** What the extract tells of a value. */
    enum Kind {
        BOOL('b'),
        NUMBER('n'),
        TEXT('s'),
        LIST('l'),
        FREE('m'),
        OBJECT('o'),
        NOT_TOLD('-');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind has the letter '" + letter + "'");
        }
    }

    /** The same node, out of {@code count} arrays fewer. */
    SchemaNode inside(int count) {
        return new SchemaNode(kind, arrays - count, members);
    }
}
