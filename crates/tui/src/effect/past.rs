//! Going back to how the year was, and to the present again.

use kaohe_core::Stamp;
use kaohe_store::{AsOf, AsOfError, View};

use crate::world::{Past, World};

/// Shows the year as it was right after a record; returns the files of then that were not kept.
pub(super) fn look_back(world: &mut World, stamp: Stamp) -> Option<Result<Vec<String>, AsOfError>> {
    let year = world.year.as_ref()?;
    let as_of = AsOf::Record(stamp.clone());
    let view = match world.data.view(year.year().year, Some(&as_of)) {
        Ok(view) => view,
        Err(error) => return Some(Err(error)),
    };
    let View { year: _, ledger, records, lost, damage: _ } = view;
    let at = records.iter().find(|it| it.stamp == stamp).map_or((world.now)(), |it| it.at);
    world.past = Some(Past { stamp, at, ledger, records, generation: year.generation() });
    Some(Ok(lost))
}
