package dev.demarc.query;

/** The three answers for one control of one subject. */
public record Assurance(boolean documented, boolean implemented, boolean validated) {

    /** All three: correct. Documented and implemented: add validation. Otherwise: remediate. */
    public Category category() {
        if (documented && implemented) {
            return validated ? Category.CORRECT : Category.ADD_VALIDATION;
        }
        return Category.REMEDIATE;
    }
}
