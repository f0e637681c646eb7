package dev.demarc.proof;

/** Told before each thing that the suite does to the outside, so that a proof can end the process there. */
interface Steps {
    Steps FREE = () -> {};

    void step();

    /** Every call of a port is a step. */
    default Intercepted.Interceptor calls() {
        return call -> {
            step();
            return call.proceed();
        };
    }
}
