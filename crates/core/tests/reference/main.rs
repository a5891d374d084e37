//! The engine against a second scorer, written apart from it, over made-up rubrics that use the whole language.

mod acts;
mod cost;
mod differ;
mod draw;
mod entries;
mod features;
mod found;
mod generate;
mod laws;
mod parts;
mod places;
mod recorded;
mod rubrics;
mod rules;
mod scorer;
mod standings;
mod total;

use kaohe_core::{RubricFault, Severity, check_rubric};

#[test]
fn years_of_known_seeds_agree() {
    for seed in 0..1000 {
        let case = generate::seeded(seed);
        assert_eq!(differ::differences(&case, &case.ledger()), Vec::<String>::new(), "seed {seed}");
    }
}

#[test]
fn made_up_rubrics_are_valid() {
    for seed in 0..300 {
        for rubric in generate::seeded(seed).rubrics {
            let mut problems = check_rubric(&rubric);
            // An indicator that nothing can be earned on is a mistake, and scored all the same.
            problems.retain(|it| it.severity == Severity::Error && it.fault != RubricFault::NothingAwarded);
            assert_eq!(problems, [], "seed {seed}");
        }
    }
}
