package dev.demarc.api;

import java.util.List;

/** Ends the handling of a request with a problem. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refusal(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    static Refusal of(Problem.Kind kind, String detail) {
        return new Refusal(Problem.of(kind, detail));
    }

    /** What does not exist and what the caller may not see look alike. */
    static Refusal notFound() {
        return of(
                Problem.Kind.NOT_FOUND,
                "there is nothing here for these credentials; /v1/openapi.yaml lists the paths, lists give out the ids");
    }

    static Refusal mistakes(Problem.Kind kind, List<Problem.Mistake> mistakes) {
        Problem.Mistake first = mistakes.getFirst();
        String more = mistakes.size() == 1 ? "" : "; and " + (mistakes.size() - 1) + " more, see errors";
        return new Refusal(new Problem(kind, first.detail() + more, mistakes));
    }

    Problem problem() {
        return problem;
    }
}
